-- The register of areas, each with the one that it lies in.
--
-- grain:   one row per area
select
    area_code,
    level as area_level,
    name as area_name,
    type as area_kind,
    nullif(parent_code, '') as parent_code,
    -- Of Kreise alone: how much of the Land is known is told by them.
    nullif(population, '')::bigint as population,
from reference.areas
