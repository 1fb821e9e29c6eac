-- How many of those who left did so independent of counselling, over time, for the area and the comparison.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: independent_exits
-- counts:   exits_known, left_independent
-- rates:    independent_exits = left_independent / exits_known
-- bands:    independent_exits
select
    cases.area_code,
    cases.period,
    windows.year_before,
    coalesce(of_exits.missing, '') as without,
    cases.exits_known,
    cases.left_independent,
    cases.left_independent_band,
from marts.windows as windows
join marts.cases as cases on cases.period = windows.period and cases.area_code in ($area_code, $compare)
left join marts.completeness as of_exits
    on of_exits.area_code = cases.area_code and of_exits.period = cases.period and of_exits.subject = 'exits'
where windows.chosen_period = $period
order by case cases.area_code when $area_code then 1 else 2 end, windows.period_end
