-- Posts of an area that are not wholly filled, and since when. Of a place with fewer than two posts by quarter: by
-- month it would tell when somebody left.
--
-- grain:    one row per post
-- reach:    chosen
-- audience: internal
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
select area_code, post_id, approved_vzae, vacant_vzae, case when place_vzae < 2 then vacant_since_quarter else vacant_since end as since,
from marts.vacant_posts
where area_code in (select area_code from inside)
order by vacant_since, area_code, post_id
