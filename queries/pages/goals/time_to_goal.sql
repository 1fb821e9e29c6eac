-- How long it takes from the agreement of a goal to its attainment, for the area and the comparison.
--
-- grain:    one row per area and group of three months
-- reach:    chosen
-- params:   area_code, compare, goal_area
-- dimensions: months
-- measures: time_to_goal
-- counts:   at_risk, attained, ended
-- curves:   attained_share = attained / at_risk until ended by area_code
select
    area_code,
    months,
    at_risk,
    attained,
    ended,
from marts.goal_durations
where area_code in ($area_code, $compare) and goal_area = $goal_area and months <= 48
order by case area_code when $area_code then 1 else 2 end, months
