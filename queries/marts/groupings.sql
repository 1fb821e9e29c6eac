-- The groupings that the office keeps (constituencies, planning regions, a list of its own), copied into each release.
--
-- grain:   one row per group and municipality
-- audience: public
select group_code, grouping_name, group_name, area_code
from reference.groupings
order by grouping_name, group_name, area_code
