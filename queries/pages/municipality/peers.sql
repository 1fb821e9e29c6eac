-- The places of the same level with about as many inhabitants, the place itself among them: the four above and the
-- four below it that are nearest.
--
-- grain:    one row per area
-- reach:    land
-- params:   area_code, period
-- measures: active_cases, per_1000
-- counts:   active_cases
-- amounts:  inhabitants, inhabitants_1000
-- rates:    per_1000 = active_cases / inhabitants_1000
with own as (
    select area_code, area_level, period, inhabitants, source, census
    from marts.inhabitants
    where area_code = $area_code and period = $period and area_level in ('kreis', 'verwaltungsgemeinschaft', 'gemeinde')
),
ranked as (
    select
        others.area_code,
        others.period,
        others.inhabitants,
        others.inhabitants_known,
        row_number() over (order by others.inhabitants, others.area_code) as place,
    from own
    join marts.inhabitants as others
        on others.area_level = own.area_level
        and others.period = own.period
        -- Numbers by two sources or two censuses say nothing of who is larger.
        and others.source = own.source
        and others.census is not distinct from own.census
)
select
    ranked.area_code,
    ranked.inhabitants,
    cases.active_cases,
    (ranked.inhabitants_known * 0.001)::decimal(12, 3) as inhabitants_1000,
from ranked
join ranked as itself on itself.area_code = $area_code
join marts.cases as cases on cases.area_code = ranked.area_code and cases.period = ranked.period
where ranked.place between itself.place - 4 and itself.place + 4
order by ranked.inhabitants desc, ranked.area_code
