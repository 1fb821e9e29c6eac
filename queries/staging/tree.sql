-- Every area with each area that it counts for, itself included. The official key is built by prefix:
-- 2 digits Land, 3 Regierungsbezirk, 5 Kreis, 8 Gemeinde. A Stadtkreis and its one Gemeinde are the
-- same place, so each counts for the other.
--
-- grain:   one row per area and area it counts for
select
    part.area_code as part_code,
    part.area_level as part_level,
    whole.area_code,
    whole.area_level,
from staging.areas as part
join staging.areas as whole
    on whole.area_code in (left(part.area_code, 2), left(part.area_code, 3), left(part.area_code, 5), part.area_code)
    or (part.area_kind = 'Stadtkreis' and whole.parent_code = part.area_code)
