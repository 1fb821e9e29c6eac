-- The main measures of every area of one level in one period, to compare two releases by. Attainment is that
-- of the goals agreed one year earlier, twelve months after their agreement.
--
-- grain:    one row per area
-- params:   level, period
-- measures: active_cases, opened, closed, plan_rate, attainment_in_12
-- counts:   active_cases, opened, closed, with_plan, attained_in_12,
--           decided_in_12
-- rates:    plan_rate = with_plan / active_cases, attainment_in_12 = attained_in_12 / decided_in_12
select
    cases.area_code,
    cases.active_cases,
    cases.opened,
    cases.closed,
    cases.with_plan,
    goals.attained_in_12,
    goals.decided_in_12,
from marts.cases as cases
join marts.periods as periods using (period)
left join marts.goals as goals
    on goals.area_code = cases.area_code and goals.period = periods.year_before and goals.goal_area = 'gesamt'
where cases.area_level = $level and cases.period = $period
order by cases.area_code
