-- Until when the cases of a municipality are known: the oldest reporting date of the senders with
-- cases there; where no sender has any, the newest of its Kreis. Null: no delivery covers it.
--
-- grain:   one row per Gemeinde
with by_sender as (
    select distinct area_code, known_until
    from staging.cases
),
by_kreis as (
    select left(area_code, 5) as kreis_code, max(known_until) as known_until
    from by_sender
    group by all
),
by_gemeinde as (
    select area_code, min(known_until) as known_until
    from by_sender
    group by all
)
select
    areas.area_code,
    coalesce(by_gemeinde.known_until, by_kreis.known_until) as known_until,
    -- The first month whose end is not known.
    month_no(coalesce(by_gemeinde.known_until, by_kreis.known_until) + 1) as unknown_month,
from staging.areas as areas
left join by_gemeinde using (area_code)
left join by_kreis on by_kreis.kreis_code = areas.parent_code
where areas.area_level = 'gemeinde'
