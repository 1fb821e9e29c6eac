-- What has become of goals, by the period in which they were agreed, for the area and the comparison.
--
-- grain:    one row per area and cohort
-- params:   area_code, compare, period, goal_area
-- measures: goals_agreed, attainment, attainment_of_agreed
-- counts:   agreed, decided, attained
-- differences: missed = decided - attained, undecided = agreed - decided
-- rates:    attainment = attained / decided, attainment_of_agreed = attained / agreed
-- bands:    attainment
select
    goals.area_code,
    goals.period as cohort,
    periods.year_before,
    coalesce(of_goals.missing, '') as without,
    goals.agreed,
    goals.attained,
    goals.attained_band,
    goals.decided,
from marts.windows as periods
join marts.goals as goals on goals.period = periods.period
left join marts.completeness as of_goals
    on of_goals.area_code = goals.area_code and of_goals.period = goals.period and of_goals.subject = 'goals'
where periods.chosen_period = $period and goals.area_code in ($area_code, $compare) and goals.goal_area = $goal_area
order by case goals.area_code when $area_code then 1 else 2 end, periods.period_end
