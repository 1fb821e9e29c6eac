-- Which Kreise are missing in the figures of an area above them, by what is counted. What has no row is complete,
-- or lies in one Kreis, which is known or not.
--
-- grain:   one row per area above the Kreise, period and subject in which a Kreis is missing
-- key:     area_code, period, subject
-- unit:    institutions, exact
-- audience: public
with subjects as (
    select kreis_code, period, period_grain, 'cases' as subject, cases as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'closings' as subject, closings as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'exits' as subject, exits as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'reentries' as subject, reentries as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'plans' as subject, plans as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'updates' as subject, updates as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'language' as subject, language as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'work' as subject, work as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'housing' as subject, housing as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'recognition' as subject, recognition as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'goals' as subject, goals as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'deadlines' as subject, deadlines as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'consultations' as subject, consultations as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'referrals' as subject, referrals as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'goals_in_12' as subject, goals_in_12 as is_known from staging.kreis_periods
    union all
    select kreis_code, period, period_grain, 'posts' as subject, posts as is_known from staging.kreis_periods
)
select
    tree.area_code,
    subjects.period,
    subjects.period_grain,
    subjects.subject,
    string_agg(subjects.kreis_code, ',' order by subjects.kreis_code) as missing,
from subjects
join staging.tree as tree on tree.part_code = subjects.kreis_code and tree.part_level = 'kreis'
where not subjects.is_known and is_above_kreis(tree.area_level)
group by tree.area_code, subjects.period, subjects.period_grain, subjects.subject
