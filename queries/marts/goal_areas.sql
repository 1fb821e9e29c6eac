-- What goals are told by: the total, themes, areas, and which of them places smaller than a Kreis have.
--
-- grain:   one row per goal area or theme
-- audience: public
select distinct
    counts_for as goal_area,
    is_theme,
    is_area,
from staging.goal_areas
order by counts_for
