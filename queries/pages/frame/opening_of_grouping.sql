-- The quarter that a grouping opens with: the one that most of its municipalities open with, the newest of such.
--
-- grain:   one row per grouping
-- reach:   chosen
-- params:  grouping
select opening.period
from marts.groupings as groupings
join marts.opening as opening on opening.area_code = groupings.area_code
where groupings.group_code = $grouping
group by opening.period
order by count(*) desc, opening.period desc
limit 1
