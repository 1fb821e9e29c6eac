-- How long it takes from the agreement of a goal to its attainment, by goal area.
--
-- grain:    one row per goal area and group of three months
-- reach:    chosen
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
join marts.goal_areas as kinds using (goal_area)
where area_code = $area_code and kinds.is_area and months <= 48
order by goal_area, months
