-- How long it takes from the agreement of a goal to its attainment, by goal area.
--
-- grain:    one row per goal area and group of three months
-- params:   area_code
-- dimensions: months
-- measures: time_to_goal
-- counts:   at_risk, attained, ended
-- curves:   attained_share = attained / at_risk until ended by goal_area
select
    goal_area,
    months,
    at_risk,
    attained,
    ended,
from marts.goal_durations
where area_code = $area_code and goal_area <> 'gesamt' and months <= 48
order by goal_area, months
