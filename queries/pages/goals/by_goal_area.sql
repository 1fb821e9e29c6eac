-- What has become of goals by goal area. The cohort is the same period one year earlier: its goals have
-- had a year.
--
-- grain:    one row per goal area
-- params:   area_code, period
-- measures: goals_agreed, attainment, attainment_of_agreed
-- counts:   agreed, decided, attained
-- differences: missed = decided - attained, undecided = agreed - decided
-- rates:    attainment = attained / decided, attainment_of_agreed = attained / agreed
-- bands:    attainment
-- sorted:   agreed desc
select
    goals.area_code,
    goals.goal_area,
    goals.period as cohort,
    goals.agreed,
    goals.attained,
    goals.attained_band,
    goals.decided,
from marts.periods as periods
join marts.goals as goals on goals.period = periods.year_before and goals.area_code = $area_code
where periods.period = $period
order by goals.goal_area
