-- Language, work, housing and recognition of the people counselled at the end of the period.
--
-- grain:   one row per area and period (month, quarter, year)
-- key:     area_code, period
-- counts:  language_known, language_at_b1, work_known, working, housing_known, in_own_housing,
--          in_followup, recognition_begun, recognised
-- gates:   language_below_b1, not_working, in_other_housing, not_in_followup, not_recognised
-- parts:   language_at_b1 of language_known beside language_below_b1, working of work_known beside not_working,
--          in_own_housing of housing_known beside in_other_housing,
--          in_followup of housing_known beside not_in_followup,
--          recognised of recognition_begun beside not_recognised
-- within:  language_known of cases.active_cases, work_known of cases.active_cases,
--          housing_known of cases.active_cases, recognition_begun of cases.active_cases
-- bands:   language_at_b1, working, in_own_housing, recognised
-- unit:    case
-- audience: public
with flagged as (
    select
        area_code,
        month_no,
        persons,
        feature = 'sprachniveau' and age_group in ('18-26', '27-44', '45-64', '65+') as counts_for_language,
        feature = 'beschaeftigung' and age_group in ('15-17', '18-26', '27-44', '45-64') as counts_for_work,
        feature = 'unterbringung' as counts_for_housing,
        latest_observed = 'Anschlussunterbringung' as is_followup,
        feature = 'anerkennung' and latest_observed in ('abgeschlossen', 'teilweise', 'in Bearbeitung', 'abgelehnt')
            as counts_for_recognition,
        latest_observed in (
            'B1', 'B2', 'C1', 'C2', 'Muttersprache',
            'Minijob', 'sozialversicherungspflichtig', 'selbstständig', 'Ausbildung', 'Studium',
            'privater Wohnraum',
            'abgeschlossen', 'teilweise'
        ) as is_success,
    from staging.states
),
by_gemeinde as (
    select
        area_code,
        month_no,
        sum(persons) filter (counts_for_language) as language_known,
        sum(persons) filter (counts_for_language and is_success) as language_at_b1,
        sum(persons) filter (counts_for_language and not is_success) as language_below_b1,
        sum(persons) filter (counts_for_work) as work_known,
        sum(persons) filter (counts_for_work and is_success) as working,
        sum(persons) filter (counts_for_work and not is_success) as not_working,
        sum(persons) filter (counts_for_housing) as housing_known,
        sum(persons) filter (counts_for_housing and is_success) as in_own_housing,
        sum(persons) filter (counts_for_housing and not is_success) as in_other_housing,
        sum(persons) filter (counts_for_housing and is_followup) as in_followup,
        sum(persons) filter (counts_for_housing and not is_followup) as not_in_followup,
        sum(persons) filter (counts_for_recognition) as recognition_begun,
        sum(persons) filter (counts_for_recognition and is_success) as recognised,
        sum(persons) filter (counts_for_recognition and not is_success) as not_recognised,
    from flagged
    group by area_code, month_no
),
by_area as (
    select
        tree.area_code,
        periods.period,
        sum(language_known) as language_known,
        sum(language_at_b1) as language_at_b1,
        sum(language_below_b1) as language_below_b1,
        sum(work_known) as work_known,
        sum(working) as working,
        sum(not_working) as not_working,
        sum(housing_known) as housing_known,
        sum(in_own_housing) as in_own_housing,
        sum(in_other_housing) as in_other_housing,
        sum(in_followup) as in_followup,
        sum(not_in_followup) as not_in_followup,
        sum(recognition_begun) as recognition_begun,
        sum(recognised) as recognised,
        sum(not_recognised) as not_recognised,
    from by_gemeinde
    join staging.periods as periods on periods.last_month = by_gemeinde.month_no
    join staging.tree as tree on tree.part_code = by_gemeinde.area_code
    group by tree.area_code, periods.period
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    counted(case when is_known then coalesce(language_known, 0) end) as language_known,
    counted(case when is_known then coalesce(language_at_b1, 0) end) as language_at_b1,
    counted(case when is_known then coalesce(language_below_b1, 0) end) as language_below_b1,
    counted(case when is_known then coalesce(work_known, 0) end) as work_known,
    counted(case when is_known then coalesce(working, 0) end) as working,
    counted(case when is_known then coalesce(not_working, 0) end) as not_working,
    counted(case when is_known then coalesce(housing_known, 0) end) as housing_known,
    counted(case when is_known then coalesce(in_own_housing, 0) end) as in_own_housing,
    counted(case when is_known then coalesce(in_other_housing, 0) end) as in_other_housing,
    counted(case when is_known then coalesce(in_followup, 0) end) as in_followup,
    counted(case when is_known then coalesce(not_in_followup, 0) end) as not_in_followup,
    counted(case when is_known then coalesce(recognition_begun, 0) end) as recognition_begun,
    counted(case when is_known then coalesce(recognised, 0) end) as recognised,
    counted(case when is_known then coalesce(not_recognised, 0) end) as not_recognised,
    -- Bands are worked out for a release: exact figures need none.
    0::tinyint as language_at_b1_band,
    0::tinyint as working_band,
    0::tinyint as in_own_housing_band,
    0::tinyint as recognised_band,
from staging.area_periods as base
left join by_area using (area_code, period)
