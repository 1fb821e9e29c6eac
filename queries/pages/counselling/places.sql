-- Consultations in the period, for each person counselled, and referrals, in every area of one level that delivers
-- them.
--
-- grain:    one row per area
-- reach:    level
-- params:   level, period
-- measures: consultations, consultations_per_case, referrals
-- counts:   consultations, counselled, referred
-- rates:    consultations_per_case = consultations / counselled, referrals = referred / consultations
-- sorted:   consultations desc
select
    area_code,
    consultations,
    counselled,
    referrals as referred,
from marts.consultations
where area_level = $level and period = $period and consultations is not null
order by area_code
