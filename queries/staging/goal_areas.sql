-- The areas of goals and the themes they belong to, each with all that it lies in, itself included.
--
-- grain:   one row per goal area or theme and what it counts for
with recursive above as (
    select goal_area, goal_area as counts_for, parent
    from reference.goal_areas
    union all
    select above.goal_area, areas.goal_area as counts_for, areas.parent
    from above
    join reference.goal_areas as areas on areas.goal_area = above.parent
)
select
    above.goal_area,
    above.counts_for,
    -- A place smaller than a Kreis has themes only: the total, and what lies in it.
    coalesce(counted.parent, 'gesamt') = 'gesamt' as is_theme,
    -- What goals are agreed in is a theme of others nowhere.
    parts.parent is null as is_area,
from above
join reference.goal_areas as counted on counted.goal_area = above.counts_for
left join (select distinct parent from reference.goal_areas) as parts on parts.parent = above.counts_for
