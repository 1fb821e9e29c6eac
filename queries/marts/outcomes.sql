-- Language, work, housing and recognition of the people counselled at the end of the period.
--
-- grain:   one row per area and period (month, quarter, year)
-- counts:  language_known, language_at_b1, work_known, working, housing_known, in_own_housing,
--          recognition_begun, recognised
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
        feature = 'anerkennung' and latest_observed in ('abgeschlossen', 'teilweise', 'in Bearbeitung', 'abgelehnt')
            as counts_for_recognition,
        latest_observed,
    from staging.states
),
by_gemeinde as (
    select
        area_code,
        month_no,
        sum(persons) filter (counts_for_language) as language_known,
        sum(persons) filter (counts_for_language and latest_observed in ('B1', 'B2', 'C1', 'C2', 'Muttersprache')) as language_at_b1,
        sum(persons) filter (counts_for_work) as work_known,
        sum(persons) filter (
            counts_for_work
            and latest_observed in ('Minijob', 'sozialversicherungspflichtig', 'selbstständig', 'Ausbildung', 'Studium')
        ) as working,
        sum(persons) filter (counts_for_housing) as housing_known,
        sum(persons) filter (counts_for_housing and latest_observed = 'privater Wohnraum') as in_own_housing,
        sum(persons) filter (counts_for_recognition) as recognition_begun,
        sum(persons) filter (counts_for_recognition and latest_observed in ('abgeschlossen', 'teilweise')) as recognised,
    from flagged
    group by all
),
by_area as (
    select
        tree.area_code,
        periods.period,
        sum(language_known) as language_known,
        sum(language_at_b1) as language_at_b1,
        sum(work_known) as work_known,
        sum(working) as working,
        sum(housing_known) as housing_known,
        sum(in_own_housing) as in_own_housing,
        sum(recognition_begun) as recognition_begun,
        sum(recognised) as recognised,
    from by_gemeinde
    join staging.periods as periods on periods.last_month = by_gemeinde.month_no
    join staging.tree as tree on tree.part_code = by_gemeinde.area_code
    group by all
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    case when is_known then coalesce(language_known, 0) end::bigint as language_known,
    case when is_known then coalesce(language_at_b1, 0) end::bigint as language_at_b1,
    case when is_known then coalesce(work_known, 0) end::bigint as work_known,
    case when is_known then coalesce(working, 0) end::bigint as working,
    case when is_known then coalesce(housing_known, 0) end::bigint as housing_known,
    case when is_known then coalesce(in_own_housing, 0) end::bigint as in_own_housing,
    case when is_known then coalesce(recognition_begun, 0) end::bigint as recognition_begun,
    case when is_known then coalesce(recognised, 0) end::bigint as recognised,
from staging.area_periods as base
left join by_area using (area_code, period)
