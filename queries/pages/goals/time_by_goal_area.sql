-- How long it takes from the agreement of a goal to its attainment, by goal area.
--
-- grain:    one row per goal area and group of three months
-- params:   area_code
-- dimensions: months
-- measures: time_to_goal
-- counts:   at_risk of at_risk_persons, attained of attained_persons, ended of ended_persons
-- curves:   attained_share = attained / at_risk until ended by goal_area
select
    goal_area,
    months,
    at_risk,
    at_risk_persons,
    attained,
    attained_persons,
    ended,
    ended_persons,
from marts.goal_durations
where area_code = $area_code and goal_area <> 'gesamt' and months <= 48
order by goal_area, months
