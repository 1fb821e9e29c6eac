-- Why counselling ended in the area and in the comparison in the period, by every reason that is shown for the Land in
-- any period.
--
-- grain:    one row per area, breakdown and category
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: closed
-- counts:   closed, all_closed
-- rates:    share = closed / all_closed
-- sorted:   closed desc
with categories as (
    select breakdown, category
    from marts.exits
    where
        area_code = $land
        -- While the Land has no figures, those of any Kreis.
        or (
            area_level in ('regierungsbezirk', 'kreis')
            and not exists (select 1 from marts.exits where area_code = $land)
        )
        -- Whoever reads exact figures of a municipality alone sees no larger area.
        or not exists (select 1 from marts.exits where area_level in ('land', 'regierungsbezirk', 'kreis'))
    group by breakdown, category
)
select
    places.area_code,
    categories.breakdown,
    categories.category,
    coalesce(of_closings.missing, '') as without,
    case when wholes.closed is not null then coalesce(parts.closed, 0) end as closed,
    wholes.closed as all_closed,
from marts.areas as places
cross join categories
left join marts.cases as wholes on wholes.area_code = places.area_code and wholes.period = $period
left join marts.exits as parts
    on parts.area_code = places.area_code
    and parts.period = $period
    and parts.breakdown = categories.breakdown
    and parts.category = categories.category
left join marts.completeness as of_closings
    on of_closings.area_code = places.area_code
    and of_closings.period = $period
    and of_closings.subject = 'closings'
where places.area_code in ($area_code, $compare)
order by case places.area_code when $area_code then 1 else 2 end, categories.breakdown, categories.category
