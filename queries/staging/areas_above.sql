-- Every area with each area that it lies in, by the parents in the register.
--
-- grain:   one row per area and area above it
with recursive above as (
    select area_code, area_level, parent_code as above_code
    from staging.areas
    where parent_code is not null
    union all
    select above.area_code, above.area_level, areas.parent_code as above_code
    from above
    join staging.areas as areas on areas.area_code = above.above_code
    where areas.parent_code is not null
)
select above.area_code, above.area_level, above.above_code, areas.area_level as above_level
from above
join staging.areas as areas on areas.area_code = above.above_code
