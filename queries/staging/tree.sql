-- Every area with each area that it counts for, itself included. A Stadtkreis and its one Gemeinde are the
-- same place, so each counts for the other.
--
-- grain:   one row per area and area it counts for
select area_code as part_code, area_level as part_level, area_code, area_level
from staging.areas
union all
select area_code as part_code, area_level as part_level, above_code as area_code, above_level as area_level
from staging.areas_above
union all
select kreis.area_code as part_code, kreis.area_level as part_level, gemeinde.area_code, gemeinde.area_level
from staging.areas as kreis
join staging.areas as gemeinde on gemeinde.parent_code = kreis.area_code
where kreis.area_kind = $town
