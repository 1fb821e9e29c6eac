-- Until when the cases of a municipality are known: the oldest reporting date of the senders with ten or
-- more cases there; where none has as many, the newest of its Kreis. Null: no delivery covers the Kreis.
-- A single case never decides, because a period that is unknown here and known next door would tell of it.
--
-- grain:   one row per Gemeinde
with by_sender as (
    select area_code, sender, known_until, count(*) as cases
    from staging.cases
    group by all
),
by_kreis as (
    select kreis_code, coalesce(max(known_until) filter (cases >= 10), max(known_until)) as known_until
    from (
        select left(area_code, 5) as kreis_code, sender, known_until, sum(cases) as cases
        from by_sender
        group by all
    )
    group by all
),
by_gemeinde as (
    select area_code, min(known_until) as known_until
    from by_sender
    where cases >= 10
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
