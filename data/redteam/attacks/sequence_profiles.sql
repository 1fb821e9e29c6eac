-- The places where the closed figures of exactly one category changed in three breakdowns or
-- more, with these categories: whoever was corrected is in all of them. The files before and after are put in.
with changed as (
    select distinct
        area_code as area,
        breakdown,
        category,
    from {before}.marts.people as before
    full join {after}.marts.people as after using (area_code, period, breakdown, category)
    where
        coalesce(after.active_cases, 0) <> coalesce(before.active_cases, 0)
        and period in (select period from b.marts.periods)
),
breakdowns as (
    select
        area,
        breakdown,
        count(*) as categories,
        any_value(category) as category,
    from changed
    group by all
)
select
    area,
    list(concat_ws(' ', breakdown, category) order by breakdown) as categories,
from breakdowns
group by area
having count(*) >= 3 and max(categories) = 1
