-- Language, work, housing and recognition over time, for the area and the comparison.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: language_b1, in_work, own_housing, recognition
-- counts:   language_known, language_at_b1, work_known, working, housing_known, in_own_housing,
--           recognition_begun, recognised
-- rates:    language_b1 = language_at_b1 / language_known, in_work = working / work_known,
--           own_housing = in_own_housing / housing_known, recognition = recognised / recognition_begun
-- bands:    language_b1, in_work, own_housing, recognition
select
    places.area_code,
    places.period,
    periods.year_before,
    coalesce(of_language.missing, '') as without,
    coalesce(of_work.missing, '') as without_in_work,
    coalesce(of_housing.missing, '') as without_own_housing,
    outcomes.language_known,
    outcomes.language_at_b1,
    outcomes.language_at_b1_band,
    outcomes.work_known,
    outcomes.working,
    outcomes.working_band,
    outcomes.housing_known,
    outcomes.in_own_housing,
    outcomes.in_own_housing_band,
    outcomes.recognition_begun,
    outcomes.recognised,
    outcomes.recognised_band,
from marts.windows as periods
join marts.cases as places on places.period = periods.period and places.area_code in ($area_code, $compare)
left join marts.outcomes as outcomes on outcomes.area_code = places.area_code and outcomes.period = places.period
left join marts.completeness as of_language
    on of_language.area_code = places.area_code and of_language.period = places.period and of_language.subject = 'language'
left join marts.completeness as of_work
    on of_work.area_code = places.area_code and of_work.period = places.period and of_work.subject = 'work'
left join marts.completeness as of_housing
    on of_housing.area_code = places.area_code and of_housing.period = places.period and of_housing.subject = 'housing'
where periods.chosen_period = $period
order by case places.area_code when $area_code then 1 else 2 end, periods.period_end
