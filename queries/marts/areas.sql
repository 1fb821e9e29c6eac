-- The areas of the register.
--
-- grain:   one row per area
-- audience: public
select area_code, area_level, area_name, area_kind, parent_code
from staging.areas
order by area_code
