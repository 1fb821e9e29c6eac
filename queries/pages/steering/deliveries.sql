-- The offices that deliver cases of an area: as of when, when the next delivery is due, by how many days it is late.
--
-- grain:    one row per sender
-- reach:    chosen
-- audience: internal
-- params:   area_code
-- measures: data_quality
-- counts:   cases
-- amounts:  behind_days
with recursive inside as (
    select area_code
    from marts.areas
    where area_code = $area_code
    union all
    select areas.area_code
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
)
select
    senders.sender,
    senders.sender_name,
    senders.reporting_date,
    senders.accepted_on,
    senders.due_on,
    greatest(0, current_date - senders.due_on) as behind_days,
    senders.cases,
from marts.senders as senders
where
    senders.sender in (
        select places.sender
        from marts.sender_places as places
        join inside on inside.area_code = places.area_code
    )
order by senders.sender_name
