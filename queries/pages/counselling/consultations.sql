-- Consultations and how many there are for each person counselled, over time, for the area and the comparison.
-- A place that never delivered any has its rows too: unknown ones.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: consultations, consultations_per_case
-- counts:   consultations, counselled
-- rates:    consultations_per_case = consultations / counselled
select
    places.area_code,
    places.period,
    windows.year_before,
    coalesce(of_consultations.missing, '') as without,
    consultations.consultations,
    consultations.counselled,
from marts.windows as windows
join marts.cases as places on places.period = windows.period and places.area_code in ($area_code, $compare)
left join marts.consultations as consultations
    on consultations.area_code = places.area_code and consultations.period = places.period
left join marts.completeness as of_consultations
    on of_consultations.area_code = places.area_code
    and of_consultations.period = places.period
    and of_consultations.subject = 'consultations'
where windows.chosen_period = $period
order by case places.area_code when $area_code then 1 else 2 end, windows.period_end
