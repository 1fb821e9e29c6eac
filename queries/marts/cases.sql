-- People counselled: open at the end of the period, new and closed in it, plans, long cases. What a Kreis does
-- not deliver is null there, and an area above has, for each rate, the people of the same Kreise in its base:
-- plans_known are the active cases where plans are delivered, updates_known those with a plan where updates are,
-- exits_known the cases closed where reasons are, opened_30_days_ago those opened where plans are.
--
-- grain:   one row per area and period (month, quarter, year)
-- key:     area_code, period
-- counts:  active_cases, opened, opened_30_days_ago, closed, plans_known, with_plan, updates_known,
--          with_current_plan, planned_from_start, over_36, over_48, exits_known, left_independent
-- inside:  not_planned_from_start
-- flows:   opened, opened_30_days_ago, planned_from_start, closed, exits_known, left_independent
-- office:  with_plan of plans_known, with_current_plan of updates_known, over_36 of active_cases,
--          over_48 of over_36, planned_from_start of opened_30_days_ago
-- parts:   left_independent of exits_known
-- within:  opened_30_days_ago of opened, plans_known of active_cases, updates_known of with_plan,
--          exits_known of closed
-- bands:   with_plan, with_current_plan, planned_from_start, over_36, left_independent
-- since:   over_36 of active_cases 36, over_48 of over_36 12
-- moving:  updates_known, with_current_plan, opened_30_days_ago, planned_from_start
-- unit:    case
-- audience: public
with stocks as (
    select
        area_code,
        month_no,
        sum(weight) as active_cases,
        sum(weight) filter (where has_plan) as with_plan,
        sum(weight) filter (where has_current_plan) as with_current_plan,
        sum(weight) filter (where is_over_36) as over_36,
        sum(weight) filter (where is_over_48) as over_48,
    from staging.case_months
    group by area_code, month_no
),
arrivals as (
    select
        cases.area_code,
        cases.opened_month as month_no,
        sum(weight) as opened,
        -- Whoever started less than 30 days before the reporting date still has time for a plan.
        sum(weight) filter (where opened_on + 30 <= known_until) as opened_30_days_ago,
        sum(weight) filter (where opened_on + 30 <= known_until and planned_on <= opened_on + 30) as planned_from_start,
        sum(weight) filter (where opened_on + 30 <= known_until and (planned_on > opened_on + 30) is not false)
            as not_planned_from_start,
    from staging.cases as cases
    join staging.answering as answering
        on answering.area_code = cases.area_code
        and answering.sender = cases.sender
        and cases.opened_month >= answering.from_month
        and cases.opened_month < answering.until_month
    group by cases.area_code, cases.opened_month
),
departures as (
    select
        area_code,
        closed_month as month_no,
        sum(weight) as closed,
        sum(weight) filter (where left_independent) as left_independent,
    from staging.exits
    group by area_code, closed_month
),
stock_sums as (
    select
        tree.area_code,
        periods.period,
        sum(s.active_cases) as active_cases,
        sum(case when known.plans_until >= periods.period_end then s.active_cases end) as plans_known,
        sum(case when known.plans_until >= periods.period_end then s.with_plan end) as with_plan,
        sum(case when known.updates_until >= periods.period_end then s.with_plan end) as updates_known,
        sum(case when known.updates_until >= periods.period_end then s.with_current_plan end) as with_current_plan,
        sum(s.over_36) as over_36,
        sum(s.over_48) as over_48,
    from stocks as s
    join staging.periods as periods on periods.last_month = s.month_no
    join staging.known as known on known.area_code = s.area_code
    join staging.tree as tree on tree.part_code = s.area_code
    group by tree.area_code, periods.period
),
flow_sums as (
    select
        tree.area_code,
        periods.period,
        sum(f.opened) as opened,
        sum(case when known.plans_until >= periods.period_end then f.opened_30_days_ago end) as opened_30_days_ago,
        sum(case when known.plans_until >= periods.period_end then f.planned_from_start end) as planned_from_start,
        sum(case when known.plans_until >= periods.period_end then f.not_planned_from_start end)
            as not_planned_from_start,
        sum(case when known.closings_until >= periods.period_end then f.closed end) as closed,
        sum(case when known.exits_until >= periods.period_end then f.closed end) as exits_known,
        sum(case when known.exits_until >= periods.period_end then f.left_independent end) as left_independent,
    from (
        select
            area_code,
            month_no,
            opened,
            opened_30_days_ago,
            planned_from_start,
            not_planned_from_start,
            null::bigint as closed,
            null::bigint as left_independent,
        from arrivals
        union all
        select area_code, month_no, null::bigint, null::bigint, null::bigint, null::bigint, closed, left_independent
        from departures
    ) as f
    join staging.periods as periods on f.month_no between periods.first_month and periods.last_month
    join staging.known as known on known.area_code = f.area_code and known.known_until >= periods.period_end
    join staging.tree as tree on tree.part_code = f.area_code
    group by tree.area_code, periods.period
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    base.is_complete,
    counted(case when base.is_known then coalesce(active_cases, 0) end) as active_cases,
    counted(case when base.is_known then coalesce(opened, 0) end) as opened,
    counted(case when base.is_known_plans then coalesce(opened_30_days_ago, 0) end) as opened_30_days_ago,
    counted(case when base.is_known_closings then coalesce(closed, 0) end) as closed,
    counted(case when base.is_known_plans then coalesce(plans_known, 0) end) as plans_known,
    counted(case when base.is_known_plans then coalesce(with_plan, 0) end) as with_plan,
    -- The export holds only the last writing of a plan, so this is known at the newest date of the area alone.
    counted(
        case
            when base.is_known_updates and periods.last_month = newest.newest_month
                then coalesce(updates_known, 0)
        end
    ) as updates_known,
    counted(
        case
            when base.is_known_updates and periods.last_month = newest.newest_month
                then coalesce(with_current_plan, 0)
        end
    ) as with_current_plan,
    counted(case when base.is_known_plans then coalesce(planned_from_start, 0) end) as planned_from_start,
    counted(case when base.is_known_plans then coalesce(not_planned_from_start, 0) end) as not_planned_from_start,
    counted(case when base.is_known then coalesce(over_36, 0) end) as over_36,
    counted(case when base.is_known then coalesce(over_48, 0) end) as over_48,
    counted(case when base.is_known_exits then coalesce(exits_known, 0) end) as exits_known,
    counted(case when base.is_known_exits then coalesce(left_independent, 0) end) as left_independent,
    -- Bands are worked out for a release: exact figures need none.
    0::tinyint as with_plan_band,
    0::tinyint as with_current_plan_band,
    0::tinyint as planned_from_start_band,
    0::tinyint as over_36_band,
    0::tinyint as left_independent_band,
from staging.area_periods as base
join staging.periods as periods on periods.period = base.period
left join (
    select area_code, max(last_month) as newest_month
    from (
        select base.area_code, periods.last_month
        from staging.area_periods as base
        join staging.periods as periods on periods.period = base.period
        where base.is_known_updates and base.period_grain = 'month'
    ) as known_months
    group by area_code
) as newest on newest.area_code = base.area_code
left join stock_sums on stock_sums.area_code = base.area_code and stock_sums.period = base.period
left join flow_sums on flow_sums.area_code = base.area_code and flow_sums.period = base.period
order by base.area_code, base.period
