-- Posts of an area that are not wholly filled, and since which month, also of places with fewer than two posts. That
-- tells when somebody left: it is answered only where the agreement with the staff council is confirmed in a setting.
--
-- grain:    one row per post
-- reach:    chosen
-- audience: internal
-- needs:    staff council
-- params:   area_code
-- measures: fill_rate
-- amounts:  approved_vzae, vacant_vzae
with recursive inside as (
    select area_code
    from marts.areas
    where area_code = $area_code
    union all
    select areas.area_code
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
)
select area_code, post_id, approved_vzae, vacant_vzae, vacant_since as since,
from marts.vacant_posts
where area_code in (select area_code from inside)
order by vacant_since, area_code, post_id
