-- Up to which quarter one Kreis is known, when its next delivery is due, and by how many days it is behind.
--
-- grain:   one row per Kreis
-- reach:   chosen
-- params:  area_code
-- measures: data_quality
-- amounts: behind_days
with due as (
    select
        unnest(due_kreise) as area_code,
        unnest(due_on)::date as due_on,
        released_on,
    from marts.edition
)
select
    due.area_code,
    opening.period,
    due.due_on,
    greatest(0, coalesce(due.released_on, current_date) - due.due_on) as behind_days,
from due
join marts.opening as opening on opening.area_code = due.area_code
where due.area_code = $area_code
order by due.area_code
