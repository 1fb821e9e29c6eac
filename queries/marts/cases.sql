-- People counselled: open at the end of the period, new and closed in it, plans, long cases.
--
-- grain:   one row per area and period (month, quarter, year)
-- key:     area_code, period
-- counts:  active_cases, opened, opened_30_days_ago, closed, with_plan, with_current_plan,
--          planned_from_start, over_36, over_48, left_independent
-- inside:  not_planned_from_start
-- flows:   opened, opened_30_days_ago, planned_from_start, closed, left_independent
-- office:  with_plan of active_cases, with_current_plan of with_plan, over_36 of active_cases,
--          over_48 of over_36, planned_from_start of opened_30_days_ago
-- parts:   left_independent of closed
-- within:  opened_30_days_ago of opened
-- bands:   with_plan, with_current_plan, planned_from_start, over_36, left_independent
-- moving:  with_current_plan, opened_30_days_ago, planned_from_start
-- unit:    case
-- audience: public
with stocks as (
    select
        area_code,
        month_no,
        sum(weight) as active_cases,
        sum(weight) filter (has_plan) as with_plan,
        sum(weight) filter (has_current_plan) as with_current_plan,
        sum(weight) filter (is_over_36) as over_36,
        sum(weight) filter (is_over_48) as over_48,
    from staging.case_months
    group by all
),
arrivals as (
    select
        cases.area_code,
        cases.opened_month as month_no,
        sum(weight) as opened,
        -- Whoever started less than 30 days before the reporting date still has time for a plan.
        sum(weight) filter (opened_on + 30 <= known_until) as opened_30_days_ago,
        sum(weight) filter (opened_on + 30 <= known_until and planned_on <= opened_on + 30) as planned_from_start,
        sum(weight) filter (opened_on + 30 <= known_until and (planned_on > opened_on + 30) is not false)
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
        sum(weight) filter (left_independent) as left_independent,
    from staging.exits
    group by area_code, closed_month
),
stocks_by_period as (
    select tree.area_code, periods.period, s.* exclude (area_code, month_no)
    from stocks as s
    join staging.periods as periods on periods.last_month = s.month_no
    join staging.tree as tree on tree.part_code = s.area_code
),
flows_by_period as (
    select tree.area_code, periods.period, f.opened, f.opened_30_days_ago, f.planned_from_start, f.not_planned_from_start, f.closed, f.left_independent
    from (
        from arrivals
        union all by name
        from departures
    ) as f
    join staging.periods as periods on f.month_no between periods.first_month and periods.last_month
    join staging.known as known on known.area_code = f.area_code and known.known_until >= periods.period_end
    join staging.tree as tree on tree.part_code = f.area_code
),
stock_sums as (
    select
        area_code,
        period,
        sum(active_cases) as active_cases,
        sum(with_plan) as with_plan,
        sum(with_current_plan) as with_current_plan,
        sum(over_36) as over_36,
        sum(over_48) as over_48,
    from stocks_by_period
    group by all
),
flow_sums as (
    select
        area_code,
        period,
        sum(opened) as opened,
        sum(opened_30_days_ago) as opened_30_days_ago,
        sum(planned_from_start) as planned_from_start,
        sum(not_planned_from_start) as not_planned_from_start,
        sum(closed) as closed,
        sum(left_independent) as left_independent,
    from flows_by_period
    group by all
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    base.is_complete,
    counted(case when base.is_known then coalesce(active_cases, 0) end) as active_cases,
    counted(case when base.is_known then coalesce(opened, 0) end) as opened,
    counted(case when base.is_known then coalesce(opened_30_days_ago, 0) end) as opened_30_days_ago,
    counted(case when base.is_known then coalesce(closed, 0) end) as closed,
    counted(case when base.is_known then coalesce(with_plan, 0) end) as with_plan,
    -- The export holds only the last writing of a plan, so this is known at the newest date of the area alone.
    counted(
        case
            when base.is_known and periods.last_month = newest.newest_month
                then coalesce(with_current_plan, 0)
        end
    ) as with_current_plan,
    counted(case when base.is_known then coalesce(planned_from_start, 0) end) as planned_from_start,
    counted(case when base.is_known then coalesce(not_planned_from_start, 0) end) as not_planned_from_start,
    counted(case when base.is_known then coalesce(over_36, 0) end) as over_36,
    counted(case when base.is_known then coalesce(over_48, 0) end) as over_48,
    counted(case when base.is_known then coalesce(left_independent, 0) end) as left_independent,
    -- Bands are worked out for a release: exact figures need none.
    0::tinyint as with_plan_band,
    0::tinyint as with_current_plan_band,
    0::tinyint as planned_from_start_band,
    0::tinyint as over_36_band,
    0::tinyint as left_independent_band,
from staging.area_periods as base
join staging.periods as periods using (period)
left join (
    select tree.area_code, max(known.unknown_month) - 1 as newest_month
    from staging.tree as tree
    join staging.known as known on known.area_code = tree.part_code
    group by all
) as newest on newest.area_code = base.area_code
left join stock_sums on stock_sums.area_code = base.area_code and stock_sums.period = base.period
left join flow_sums on flow_sums.area_code = base.area_code and flow_sums.period = base.period
order by all
