-- What has become of goals, by the period in which they were agreed, for the area and the comparison.
--
-- grain:    one row per area and cohort
-- reach:    chosen
-- params:   area_code, compare, period, goal_area
-- measures: goals_agreed, attainment, attainment_of_agreed
-- counts:   agreed, decided, attained
-- differences: missed = decided - attained, undecided = agreed - decided
-- rates:    attainment = attained / decided, attainment_of_agreed = attained / agreed
-- bands:    attainment
select
    places.area_code,
    places.period as cohort,
    periods.year_before,
    coalesce(of_goals.missing, '') as without,
    goals.agreed,
    goals.attained,
    goals.attained_band,
    goals.decided,
from marts.windows as periods
join marts.cases as places on places.period = periods.period and places.area_code in ($area_code, $compare)
join marts.goal_areas as kinds
    on kinds.goal_area = $goal_area
    and (kinds.is_theme or places.area_level not in ('verwaltungsgemeinschaft', 'gemeinde'))
left join marts.goals as goals
    on goals.area_code = places.area_code and goals.period = places.period and goals.goal_area = $goal_area
left join marts.completeness as of_goals
    on of_goals.area_code = places.area_code and of_goals.period = places.period and of_goals.subject = 'goals'
where periods.chosen_period = $period
order by case places.area_code when $area_code then 1 else 2 end, periods.period_end
