-- How many consultations lead to a referral, over time, for the area and the comparison. Unknown where some Kreise
-- deliver consultations without saying whereto: the two would not be of the same Kreise.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: referrals
-- counts:   referred, consultations
-- rates:    referrals = referred / consultations
select
    places.area_code,
    places.period,
    windows.year_before,
    coalesce(of_referrals.missing, '') as without,
    case
        when coalesce(of_referrals.missing, '') = coalesce(of_consultations.missing, '')
            then consultations.referrals
    end as referred,
    consultations.consultations,
from marts.windows as windows
join marts.cases as places on places.period = windows.period and places.area_code in ($area_code, $compare)
left join marts.consultations as consultations
    on consultations.area_code = places.area_code and consultations.period = places.period
left join marts.completeness as of_consultations
    on of_consultations.area_code = places.area_code
    and of_consultations.period = places.period
    and of_consultations.subject = 'consultations'
left join marts.completeness as of_referrals
    on of_referrals.area_code = places.area_code
    and of_referrals.period = places.period
    and of_referrals.subject = 'referrals'
where windows.chosen_period = $period
order by case places.area_code when $area_code then 1 else 2 end, windows.period_end
