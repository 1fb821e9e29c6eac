-- How many places there are where the closed figures of exactly one category changed in three breakdowns or
-- more: whoever was corrected is in all of them. `b` is the release before, `r` the one that is attacked.
with changed as (
    select distinct
        area_code as area,
        breakdown,
        category,
    from b.marts.people as before
    full join r.marts.people as after using (area_code, period, breakdown, category)
    where
        coalesce(after.active_cases, 0) <> coalesce(before.active_cases, 0)
        and period in (select period from b.marts.periods)
),
breakdowns as (
    select
        area,
        breakdown,
        count(*) as categories,
    from changed
    group by all
)
select count(*)
from (
    select area
    from breakdowns
    group by area
    having count(*) >= 3 and max(categories) = 1
)
