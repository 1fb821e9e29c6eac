-- What the consultations of the area and of the comparison in the period are about, with whom, where and how, by
-- every category that is shown for the Land in any period.
--
-- grain:    one row per area, breakdown and category
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: consultations
-- counts:   consultations, all_consultations
-- rates:    share = consultations / all_consultations
-- sorted:   consultations desc
with categories as (
    select breakdown, category
    from marts.consultation_kinds
    where
        area_code = $land
        -- While the Land has no figures, those of any Kreis.
        or (
            area_level in ('regierungsbezirk', 'kreis')
            and not exists (select 1 from marts.consultation_kinds where area_code = $land)
        )
        -- Whoever reads exact figures of a municipality alone sees no larger area.
        or not exists (select 1 from marts.consultation_kinds where area_level in ('land', 'regierungsbezirk', 'kreis'))
    group by breakdown, category
)
select
    places.area_code,
    categories.breakdown,
    categories.category,
    coalesce(of_consultations.missing, '') as without,
    case when wholes.consultations is not null then coalesce(parts.consultations, 0) end as consultations,
    wholes.consultations as all_consultations,
from marts.areas as places
cross join categories
left join marts.consultations as wholes on wholes.area_code = places.area_code and wholes.period = $period
left join marts.consultation_kinds as parts
    on parts.area_code = places.area_code
    and parts.period = $period
    and parts.breakdown = categories.breakdown
    and parts.category = categories.category
left join marts.completeness as of_consultations
    on of_consultations.area_code = places.area_code
    and of_consultations.period = $period
    and of_consultations.subject = 'consultations'
where places.area_code in ($area_code, $compare)
order by case places.area_code when $area_code then 1 else 2 end, categories.breakdown, categories.category
