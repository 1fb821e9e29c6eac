-- Language, work, housing and recognition of the people counselled at the end of the period.
--
-- grain:   one row per area and period (month, quarter, year), where any of it is known
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
-- What is counted is how many more or fewer there are, by month, and added up over the months: a state that holds
-- for years is counted twice, and not at the end of each month.
with flagged as (
    select
        area_code,
        from_month,
        until_month,
        weight,
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
    from staging.state_spans
),
changes as (
    select
        area_code,
        from_month as month_no,
        weight as more,
        counts_for_language,
        counts_for_work,
        counts_for_housing,
        is_followup,
        counts_for_recognition,
        is_success,
    from flagged
    union all
    select
        area_code,
        until_month as month_no,
        -weight as more,
        counts_for_language,
        counts_for_work,
        counts_for_housing,
        is_followup,
        counts_for_recognition,
        is_success,
    from flagged
),
by_change as (
    select
        area_code,
        month_no,
        sum(more) filter (counts_for_language) as language_known,
        sum(more) filter (counts_for_language and is_success) as language_at_b1,
        sum(more) filter (counts_for_language and not is_success) as language_below_b1,
        sum(more) filter (counts_for_work) as work_known,
        sum(more) filter (counts_for_work and is_success) as working,
        sum(more) filter (counts_for_work and not is_success) as not_working,
        sum(more) filter (counts_for_housing) as housing_known,
        sum(more) filter (counts_for_housing and is_success) as in_own_housing,
        sum(more) filter (counts_for_housing and not is_success) as in_other_housing,
        sum(more) filter (counts_for_housing and is_followup) as in_followup,
        sum(more) filter (counts_for_housing and not is_followup) as not_in_followup,
        sum(more) filter (counts_for_recognition) as recognition_begun,
        sum(more) filter (counts_for_recognition and is_success) as recognised,
        sum(more) filter (counts_for_recognition and not is_success) as not_recognised,
    from changes
    group by area_code, month_no
),
every_month as (
    select known.area_code, months.last_month as month_no
    from staging.known as known
    cross join staging.periods as months
    where months.period_grain = 'month'
),
by_gemeinde as (
    select
        every_month.area_code,
        every_month.month_no,
        sum(by_change.language_known) over so_far as language_known,
        sum(by_change.language_at_b1) over so_far as language_at_b1,
        sum(by_change.language_below_b1) over so_far as language_below_b1,
        sum(by_change.work_known) over so_far as work_known,
        sum(by_change.working) over so_far as working,
        sum(by_change.not_working) over so_far as not_working,
        sum(by_change.housing_known) over so_far as housing_known,
        sum(by_change.in_own_housing) over so_far as in_own_housing,
        sum(by_change.in_other_housing) over so_far as in_other_housing,
        sum(by_change.in_followup) over so_far as in_followup,
        sum(by_change.not_in_followup) over so_far as not_in_followup,
        sum(by_change.recognition_begun) over so_far as recognition_begun,
        sum(by_change.recognised) over so_far as recognised,
        sum(by_change.not_recognised) over so_far as not_recognised,
    from every_month
    left join by_change
        on by_change.area_code = every_month.area_code and by_change.month_no = every_month.month_no
    window so_far as (
        partition by every_month.area_code order by every_month.month_no
        rows between unbounded preceding and current row
    )
),
by_area as (
    select
        tree.area_code,
        periods.period,
        sum(case when known.language_until >= periods.period_end then language_known end) as language_known,
        sum(case when known.language_until >= periods.period_end then language_at_b1 end) as language_at_b1,
        sum(case when known.language_until >= periods.period_end then language_below_b1 end) as language_below_b1,
        sum(case when known.work_until >= periods.period_end then work_known end) as work_known,
        sum(case when known.work_until >= periods.period_end then working end) as working,
        sum(case when known.work_until >= periods.period_end then not_working end) as not_working,
        sum(case when known.housing_until >= periods.period_end then housing_known end) as housing_known,
        sum(case when known.housing_until >= periods.period_end then in_own_housing end) as in_own_housing,
        sum(case when known.housing_until >= periods.period_end then in_other_housing end) as in_other_housing,
        sum(case when known.housing_until >= periods.period_end then in_followup end) as in_followup,
        sum(case when known.housing_until >= periods.period_end then not_in_followup end) as not_in_followup,
        sum(case when known.recognition_until >= periods.period_end then recognition_begun end) as recognition_begun,
        sum(case when known.recognition_until >= periods.period_end then recognised end) as recognised,
        sum(case when known.recognition_until >= periods.period_end then not_recognised end) as not_recognised,
    from by_gemeinde
    join staging.periods as periods on periods.last_month = by_gemeinde.month_no
    join staging.known as known on known.area_code = by_gemeinde.area_code
    join staging.tree as tree on tree.part_code = by_gemeinde.area_code
    group by tree.area_code, periods.period
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    counted(case when is_known_language then coalesce(language_known, 0) end) as language_known,
    counted(case when is_known_language then coalesce(language_at_b1, 0) end) as language_at_b1,
    counted(case when is_known_language then coalesce(language_below_b1, 0) end) as language_below_b1,
    counted(case when is_known_work then coalesce(work_known, 0) end) as work_known,
    counted(case when is_known_work then coalesce(working, 0) end) as working,
    counted(case when is_known_work then coalesce(not_working, 0) end) as not_working,
    counted(case when is_known_housing then coalesce(housing_known, 0) end) as housing_known,
    counted(case when is_known_housing then coalesce(in_own_housing, 0) end) as in_own_housing,
    counted(case when is_known_housing then coalesce(in_other_housing, 0) end) as in_other_housing,
    counted(case when is_known_housing then coalesce(in_followup, 0) end) as in_followup,
    counted(case when is_known_housing then coalesce(not_in_followup, 0) end) as not_in_followup,
    counted(case when is_known_recognition then coalesce(recognition_begun, 0) end) as recognition_begun,
    counted(case when is_known_recognition then coalesce(recognised, 0) end) as recognised,
    counted(case when is_known_recognition then coalesce(not_recognised, 0) end) as not_recognised,
    -- Bands are worked out for a release: exact figures need none.
    0::tinyint as language_at_b1_band,
    0::tinyint as working_band,
    0::tinyint as in_own_housing_band,
    0::tinyint as recognised_band,
from staging.area_periods as base
left join by_area on by_area.area_code = base.area_code and by_area.period = base.period
where base.is_known_language or base.is_known_work or base.is_known_housing or base.is_known_recognition
