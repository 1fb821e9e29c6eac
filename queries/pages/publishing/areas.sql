-- The main measures of every area of one level in one period, to compare two releases by. Attainment is that
-- of the goals agreed one year earlier, twelve months after their agreement. A municipality that is in no
-- association is there itself among the associations.
--
-- grain:    one row per area
-- reach:    level
-- params:   level, period
-- measures: active_cases, opened, closed, plan_rate, attainment_in_12
-- counts:   active_cases, opened, closed, plans_known, with_plan, attained_in_12,
--           decided_in_12
-- rates:    plan_rate = with_plan / plans_known, attainment_in_12 = attained_in_12 / decided_in_12
select
    cases.area_code,
    cases.active_cases,
    cases.opened,
    cases.closed,
    cases.plans_known,
    cases.with_plan,
    goals.attained_in_12,
    goals.decided_in_12,
from marts.cases as cases
join marts.areas as areas on areas.area_code = cases.area_code
left join marts.areas as above on above.area_code = areas.parent_code
join marts.periods as periods on periods.period = cases.period
left join marts.goals as goals
    on goals.area_code = cases.area_code and goals.period = periods.cohort and goals.goal_area = 'gesamt'
where
    cases.period = $period
    and (
        cases.area_level = $level
        or (
            $level = 'verwaltungsgemeinschaft'
            and cases.area_level = 'gemeinde'
            and above.area_level <> 'verwaltungsgemeinschaft'
        )
    )
order by cases.area_code
