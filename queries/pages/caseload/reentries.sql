-- Of those who left, who began again within twelve months, over time, for the area and the comparison.
--
-- grain:    one row per area and period
-- params:   area_code, compare, period
-- measures: reentries
-- counts:   closed_followed, returned_in_12
-- rates:    reentries = returned_in_12 / closed_followed
select
    reentries.area_code,
    reentries.period,
    reentries.closed_followed,
    reentries.returned_in_12,
from marts.windows as windows
join marts.reentries as reentries on reentries.period = windows.period
where windows.chosen_period = $period and reentries.area_code in ($area_code, $compare)
order by case reentries.area_code when $area_code then 1 else 2 end, windows.period_end
