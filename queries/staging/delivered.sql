-- Until when each sender has delivered what a subject needs: its tables, and its columns as a whole. The
-- oldest of these dates counts, because a goal of September needs the cases of September. Null: not
-- delivered. A table without rows, or a column without a value, is delivered.
--
-- grain:   one row per sender
with dates as (
    select
        sender,
        max(case when table_name = 'faelle' then reporting_date end) as cases,
        max(case when table_name = 'faelle' and column_name = 'beendet_am' then reporting_date end) as closings,
        max(case when table_name = 'faelle' and column_name = 'beendigungsgrund' then reporting_date end) as reasons,
        max(case when table_name = 'faelle' and column_name = 'fruehere_fall_id' then reporting_date end) as earlier_cases,
        max(case when table_name = 'faelle' and column_name = 'integrationsplan_am' then reporting_date end) as plans,
        max(case when table_name = 'faelle' and column_name = 'plan_fortgeschrieben_am' then reporting_date end)
            as updates,
        max(case when table_name = 'faelle' and column_name = 'sprachniveau' then reporting_date end) as language,
        max(case when table_name = 'faelle' and column_name = 'beschaeftigung' then reporting_date end) as work,
        max(case when table_name = 'faelle' and column_name = 'unterbringung' then reporting_date end) as housing,
        max(case when table_name = 'faelle' and column_name = 'anerkennung' then reporting_date end) as recognition,
        max(case when table_name = 'verlauf' then reporting_date end) as development,
        max(case when table_name = 'ziele' then reporting_date end) as goals,
        max(case when table_name = 'ziele' and column_name = 'frist' then reporting_date end) as deadlines,
        max(case when table_name = 'beratungen' then reporting_date end) as consultations,
        max(case when table_name = 'beratungen' and column_name = 'verweis_an' then reporting_date end) as referrals,
    from reference.columns_present
    where sender is not null
    group by sender
)
select
    sender,
    cases as cases_until,
    closings as closings_until,
    case when closings is not null then reasons end as exits_until,
    case when closings is not null then earlier_cases end as reentries_until,
    plans as plans_until,
    case when plans is not null then updates end as updates_until,
    -- What people learn, do and live in is observed too: either of the two tells it.
    coalesce(language, case when development is not null then least(cases, development) end) as language_until,
    coalesce(work, case when development is not null then least(cases, development) end) as work_until,
    coalesce(housing, case when development is not null then least(cases, development) end) as housing_until,
    coalesce(recognition, case when development is not null then least(cases, development) end) as recognition_until,
    case when goals is not null and cases is not null then least(cases, goals) end as goals_until,
    case when deadlines is not null and cases is not null then least(cases, deadlines) end as deadlines_until,
    case when consultations is not null and cases is not null then least(cases, consultations) end
        as consultations_until,
    case when referrals is not null and cases is not null then least(cases, referrals) end as referrals_until,
from dates
