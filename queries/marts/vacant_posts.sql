-- Posts that are not wholly filled in the newest month that their Kreis reports, and since when they are not.
--
-- grain:   one row per post
-- audience: internal
with posts as (
    select
        posts.*,
        kreise.area_code as kreis_code,
        max(posts.month_no) over (partition by kreise.area_code) as newest_month,
    from staging.posts as posts
    join staging.tree as kreise on kreise.part_code = posts.area_code and kreise.area_level = 'kreis'
),
places as (
    select area_code, sum(approved_vzae) as place_vzae
    from posts
    where month_no = newest_month
    group by area_code
),
filled as (
    select area_code, post_id, max(month_no) as month_no
    from posts
    where filled_vzae >= approved_vzae
    group by area_code, post_id
),
since as (
    select posts.area_code, posts.post_id, min(posts.month_no) as month_no
    from posts
    left join filled on filled.area_code = posts.area_code and filled.post_id = posts.post_id
    where posts.month_no > coalesce(filled.month_no, 0)
    group by posts.area_code, posts.post_id
)
select
    posts.area_code,
    posts.post_id,
    posts.approved_vzae::decimal(12, 2) as approved_vzae,
    (posts.approved_vzae - posts.filled_vzae)::decimal(12, 2) as vacant_vzae,
    printf('%d-%02d', posts.newest_month // 12, posts.newest_month % 12 + 1) as period,
    printf('%d-%02d', since.month_no // 12, since.month_no % 12 + 1) as vacant_since,
    printf('%d-Q%d', since.month_no // 12, since.month_no % 12 // 3 + 1) as vacant_since_quarter,
    places.place_vzae::decimal(12, 2) as place_vzae,
from posts
join places on places.area_code = posts.area_code
join since on since.area_code = posts.area_code and since.post_id = posts.post_id
where posts.month_no = posts.newest_month and posts.filled_vzae < posts.approved_vzae
order by posts.area_code, posts.post_id
