-- Consultations, how many there are for each person counselled, and referrals, over time, for the area and the
-- comparison.
--
-- grain:    one row per area and period
-- params:   area_code, compare, period
-- measures: consultations, consultations_per_case, referrals
-- counts:   consultations, counselled, referred
-- rates:    consultations_per_case = consultations / counselled, referrals = referred / consultations
select
    consultations.area_code,
    consultations.period,
    windows.year_before,
    coalesce(of_consultations.missing, '') as without,
    consultations.consultations,
    consultations.counselled,
    consultations.referrals as referred,
from marts.windows as windows
join marts.consultations as consultations on consultations.period = windows.period
left join marts.completeness as of_consultations
    on of_consultations.area_code = consultations.area_code
    and of_consultations.period = consultations.period
    and of_consultations.subject = 'consultations'
where windows.chosen_period = $period and consultations.area_code in ($area_code, $compare)
order by case consultations.area_code when $area_code then 1 else 2 end, windows.period_end
