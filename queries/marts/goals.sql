-- What becomes of goals, by the period of their agreement (cohort) and by goal area, as known at the
-- reporting date. `gesamt` is every goal area together; persons are counted once per row.
--
-- grain:   one row per area, period (month, quarter, year) and goal area
-- counts:  agreed of agreed_persons, decided of decided_persons, attained of attained_persons,
--          missed of missed_persons, undecided of undecided_persons, and what had become of them twelve
--          months after the agreement, null for cohorts that are younger: decided_in_12 of
--          decided_in_12_persons, attained_in_12 of attained_in_12_persons
-- unit:    goal
-- audience: public
with by_person as (
    select
        goals.area_code,
        periods.period,
        case when grouping(goals.goal_area) = 1 then 'gesamt' else goals.goal_area end as goal_area,
        goals.case_no,
        count(*) as agreed,
        count_if(goals.goal_status = 'Ziel erreicht') as attained,
        count_if(goals.goal_status = 'Ziel verfehlt') as missed,
        count_if(goals.decided_on <= goals.agreed_on + interval 12 month) as decided_in_12,
        count_if(goals.decided_on <= goals.agreed_on + interval 12 month and goals.goal_status = 'Ziel erreicht')
            as attained_in_12,
    from staging.goals as goals
    join staging.periods as periods
        on goals.agreed_month between periods.first_month and periods.last_month
        and goals.known_until >= periods.period_end
    group by grouping sets (
        (goals.area_code, periods.period, goals.case_no),
        (goals.area_code, periods.period, goals.case_no, goals.goal_area)
    )
),
by_gemeinde as (
    select
        area_code,
        period,
        goal_area,
        sum(agreed) as agreed,
        count(*) as agreed_persons,
        sum(attained + missed) as decided,
        count_if(attained + missed > 0) as decided_persons,
        sum(attained) as attained,
        count_if(attained > 0) as attained_persons,
        sum(missed) as missed,
        count_if(missed > 0) as missed_persons,
        sum(agreed - attained - missed) as undecided,
        count_if(agreed > attained + missed) as undecided_persons,
        sum(decided_in_12) as decided_in_12,
        count_if(decided_in_12 > 0) as decided_in_12_persons,
        sum(attained_in_12) as attained_in_12,
        count_if(attained_in_12 > 0) as attained_in_12_persons,
    from by_person
    group by all
),
by_area as (
    select
        tree.area_code,
        by_gemeinde.period,
        by_gemeinde.goal_area,
        sum(agreed) as agreed,
        sum(agreed_persons) as agreed_persons,
        sum(decided) as decided,
        sum(decided_persons) as decided_persons,
        sum(attained) as attained,
        sum(attained_persons) as attained_persons,
        sum(missed) as missed,
        sum(missed_persons) as missed_persons,
        sum(undecided) as undecided,
        sum(undecided_persons) as undecided_persons,
        sum(decided_in_12) as decided_in_12,
        sum(decided_in_12_persons) as decided_in_12_persons,
        sum(attained_in_12) as attained_in_12,
        sum(attained_in_12_persons) as attained_in_12_persons,
    from by_gemeinde
    join staging.tree as tree on tree.part_code = by_gemeinde.area_code
    group by all
),
goal_areas as (
    select unnest([
        'gesamt', 'Sprache', 'Schulbildung', 'Ausbildung/Studium', 'Arbeitsmarkt', 'Anerkennung',
        'Weiterqualifizierung', 'Wohnung', 'Gesundheit', 'Gesellschaftliche Teilhabe', 'Kinder',
    ]) as goal_area
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    goal_areas.goal_area,
    case when is_known then coalesce(agreed, 0) end::bigint as agreed,
    case when is_known then coalesce(agreed_persons, 0) end::bigint as agreed_persons,
    case when is_known then coalesce(decided, 0) end::bigint as decided,
    case when is_known then coalesce(decided_persons, 0) end::bigint as decided_persons,
    case when is_known then coalesce(attained, 0) end::bigint as attained,
    case when is_known then coalesce(attained_persons, 0) end::bigint as attained_persons,
    case when is_known then coalesce(missed, 0) end::bigint as missed,
    case when is_known then coalesce(missed_persons, 0) end::bigint as missed_persons,
    case when is_known then coalesce(undecided, 0) end::bigint as undecided,
    case when is_known then coalesce(undecided_persons, 0) end::bigint as undecided_persons,
    case when is_followed then coalesce(decided_in_12, 0) end::bigint as decided_in_12,
    case when is_followed then coalesce(decided_in_12_persons, 0) end::bigint as decided_in_12_persons,
    case when is_followed then coalesce(attained_in_12, 0) end::bigint as attained_in_12,
    case when is_followed then coalesce(attained_in_12_persons, 0) end::bigint as attained_in_12_persons,
from (
    select base.*, base.is_known and periods.period_end + interval 12 month <= followed.until_day as is_followed
    from staging.area_periods as base
    join staging.periods as periods using (period)
    -- Until when an area is observed: as long as the part of it that is known longest.
    left join (
        select tree.area_code, max(known.known_until) as until_day
        from staging.tree as tree
        join staging.known as known on known.area_code = tree.part_code
        group by all
    ) as followed on followed.area_code = base.area_code
) as base
cross join goal_areas
left join by_area using (area_code, period, goal_area)
