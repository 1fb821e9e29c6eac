-- Language, work, housing and recognition over time, for the area and the comparison.
--
-- grain:    one row per area and period
-- params:   area_code, compare, period
-- measures: language_b1, in_work, own_housing, recognition
-- counts:   language_known, language_at_b1, work_known, working, housing_known, in_own_housing,
--           recognition_begun, recognised
-- rates:    language_b1 = language_at_b1 / language_known, in_work = working / work_known,
--           own_housing = in_own_housing / housing_known, recognition = recognised / recognition_begun
-- bands:    language_b1, in_work, own_housing, recognition
select
    outcomes.area_code,
    outcomes.period,
    periods.year_before,
    cases.is_complete,
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
join marts.outcomes as outcomes on outcomes.period = periods.period
join marts.cases as cases on cases.area_code = outcomes.area_code and cases.period = outcomes.period
where periods.chosen_period = $period and outcomes.area_code in ($area_code, $compare)
order by case outcomes.area_code when $area_code then 1 else 2 end, periods.period_end
