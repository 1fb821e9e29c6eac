-- Share of cases without a value, by field, of the offices that deliver cases of an area.
--
-- grain:    one row per sender and field
-- reach:    chosen
-- audience: internal
-- params:   area_code
-- measures: data_quality
-- counts:   missing, cases
-- rates:    missing_share = missing / cases
-- sorted:   missing_share desc
with recursive inside as (
    select area_code
    from marts.areas
    where area_code = $area_code
    union all
    select areas.area_code
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
)
select fields.sender, fields.field, fields.missing, fields.cases
from marts.missing_values as fields
where
    fields.sender in (
        select places.sender
        from marts.sender_places as places
        join inside on inside.area_code = places.area_code
    )
order by fields.sender, fields.field
