-- What has become of goals by goal area, or by theme in places smaller than a Kreis. The cohort is the same
-- period one year earlier: its goals have had a year; of a funding phase it is the phase itself.
--
-- grain:    one row per goal area or theme, and for all of them
-- reach:    chosen
-- params:   area_code, period
-- measures: goals_agreed, attainment, attainment_of_agreed
-- counts:   agreed, decided, attained
-- differences: missed = decided - attained, undecided = agreed - decided
-- rates:    attainment = attained / decided, attainment_of_agreed = attained / agreed
-- bands:    attainment
-- sorted:   agreed desc
select
    places.area_code,
    kinds.goal_area,
    places.period as cohort,
    coalesce(of_goals.missing, '') as without,
    goals.agreed,
    goals.attained,
    goals.attained_band,
    goals.decided,
from marts.periods as periods
join marts.cases as places on places.period = periods.cohort and places.area_code = $area_code
join marts.goal_areas as kinds
    on kinds.goal_area = 'gesamt'
    or case when places.area_level not in ('verwaltungsgemeinschaft', 'gemeinde') then kinds.is_area else kinds.is_theme end
left join marts.goals as goals
    on goals.area_code = places.area_code and goals.period = places.period and goals.goal_area = kinds.goal_area
left join marts.completeness as of_goals
    on of_goals.area_code = places.area_code and of_goals.period = places.period and of_goals.subject = 'goals'
where periods.period = $period
order by kinds.goal_area
