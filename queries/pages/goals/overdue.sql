-- Open goals whose deadline has passed, over time, for the area and the comparison.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: overdue_goals
-- counts:   with_deadline, overdue
-- rates:    overdue_goals = overdue / with_deadline
select
    places.area_code,
    places.period,
    windows.year_before,
    coalesce(of_deadlines.missing, '') as without,
    deadlines.with_deadline,
    deadlines.overdue,
from marts.windows as windows
join marts.cases as places on places.period = windows.period and places.area_code in ($area_code, $compare)
left join marts.deadlines as deadlines on deadlines.area_code = places.area_code and deadlines.period = places.period
left join marts.completeness as of_deadlines
    on of_deadlines.area_code = places.area_code
    and of_deadlines.period = places.period
    and of_deadlines.subject = 'deadlines'
where windows.chosen_period = $period
order by case places.area_code when $area_code then 1 else 2 end, windows.period_end
