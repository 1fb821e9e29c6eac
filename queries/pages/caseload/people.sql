-- Who the people are that are counselled in one area at the end of the period, by every category that
-- is shown for the Land in any period (for any Kreis, while the Land has no figures), so that neither a row nor a
-- missing one tells who exists.
--
-- grain:    one row per breakdown and category
-- reach:    chosen
-- params:   area_code, period
-- measures: active_cases
-- counts:   active_cases, all_cases
-- rates:    share = active_cases / all_cases
-- sorted:   active_cases desc
with described as (
    select area_code
    from marts.areas
    where
        area_code = $land
        or (
            area_level in ('regierungsbezirk', 'kreis')
            and not exists (select 1 from marts.people where area_code = $land)
        )
        -- Whoever reads exact figures of a municipality alone sees no larger area.
        or not exists (select 1 from marts.people where area_level in ('land', 'regierungsbezirk', 'kreis'))
),
categories as (
    select breakdown, category
    from marts.people
    where area_code in (select area_code from described)
    group by breakdown, category
)
select
    categories.breakdown,
    categories.category,
    coalesce(of_cases.missing, '') as without,
    case when cases.active_cases is not null then coalesce(people.active_cases, 0) end as active_cases,
    cases.active_cases as all_cases,
from categories
cross join (select active_cases from marts.cases where area_code = $area_code and period = $period) as cases
left join marts.people as people
    on people.area_code = $area_code
    and people.period = $period
    and people.breakdown = categories.breakdown
    and people.category = categories.category
left join marts.completeness as of_cases
    on of_cases.area_code = $area_code and of_cases.period = $period and of_cases.subject = 'cases'
order by categories.breakdown, categories.category
