-- The groupings that a reader can choose, each with its municipalities.
--
-- grain:   one row per group and municipality
-- reach:   register
select group_code, grouping_name, group_name, area_code
from marts.groupings
order by grouping_name, group_name, area_code
