-- Of those who left, who began again within twelve months, over time, for the area and the comparison.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: reentries
-- counts:   closed_followed, returned_in_12
-- rates:    reentries = returned_in_12 / closed_followed
select
    places.area_code,
    places.period,
    windows.year_before,
    coalesce(of_reentries.missing, '') as without,
    reentries.closed_followed,
    reentries.returned_in_12,
from marts.windows as windows
join marts.cases as places on places.period = windows.period and places.area_code in ($area_code, $compare)
left join marts.reentries as reentries on reentries.area_code = places.area_code and reentries.period = places.period
left join marts.completeness as of_reentries
    on of_reentries.area_code = places.area_code
    and of_reentries.period = places.period
    and of_reentries.subject = 'reentries'
where windows.chosen_period = $period
order by case places.area_code when $area_code then 1 else 2 end, windows.period_end
