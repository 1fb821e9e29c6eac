-- Which sender's cases of a municipality count in which months: from its own lines in the list of who answers,
-- else from those of its Kreis; several senders from the same day all answer. Where and while the list is
-- silent, everyone who delivers cases there.
--
-- grain:   one row per Gemeinde, sender and stretch of months
with places as (
    select area_code, area_code as listed_code, 1 as distance
    from staging.areas
    where area_level = 'gemeinde'
    union all
    select area_code, above_code, 2
    from staging.areas_above
    where area_level = 'gemeinde' and above_level = 'kreis'
),
nearest as (
    select places.area_code, min(places.distance) as distance
    from places
    join reference.responsible as listed on listed.area_code = places.listed_code
    group by places.area_code
),
listed as (
    select places.area_code, listed.sender, month_no(listed.since) as from_month
    from nearest
    join places on places.area_code = nearest.area_code and places.distance = nearest.distance
    join reference.responsible as listed on listed.area_code = places.listed_code
),
steps as (
    select area_code, from_month, lead(from_month) over (partition by area_code order by from_month) as until_month
    from (select distinct area_code, from_month from listed)
),
delivered as (
    select ags as area_code, sender
    from deliveries.faelle
    group by ags, sender
)
select listed.area_code, listed.sender, listed.from_month, coalesce(steps.until_month, 120000) as until_month
from listed
join steps on steps.area_code = listed.area_code and steps.from_month = listed.from_month
union all
select delivered.area_code, delivered.sender, 0, coalesce(min(steps.from_month), 120000)
from delivered
left join steps on steps.area_code = delivered.area_code
group by delivered.area_code, delivered.sender
