-- Until when the cases of a municipality are known: the oldest reporting date of the senders that answer for
-- its Kreis, the same for all of it. Null: nobody answers for the Kreis.
--
-- grain:   one row per Gemeinde
with by_kreis as (
    select kreis_code, min(known_until) as known_until
    from staging.responsible
    group by all
)
select
    areas.area_code,
    kreise.above_code as kreis_code,
    by_kreis.known_until,
    -- The first month whose end is not known.
    month_no(by_kreis.known_until + 1) as unknown_month,
from staging.areas as areas
left join staging.areas_above as kreise on kreise.area_code = areas.area_code and kreise.above_level = 'kreis'
left join by_kreis on by_kreis.kreis_code = kreise.above_code
where areas.area_level = 'gemeinde'
