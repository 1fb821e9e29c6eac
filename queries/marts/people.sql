-- Who the people are that are counselled at the end of the period. Missing is a category of its own. Schooling,
-- degrees, recognition and benefits are those of the last delivery, as housing is. Personal traits are released for no
-- association.
--
-- grain:   one row per area, period (month, quarter, year), breakdown and category that occurs
-- key:     area_code, period, breakdown, category
-- levels:  land, regierungsbezirk, kreis, gemeinde
-- counts:  active_cases
-- parts:   active_cases of cases.active_cases
-- rows:    shown only
-- unit:    case
-- audience: public
with described as (
    select
        case_no,
        age_group,
        sex,
        origin,
        residence_status,
        household,
        coalesce(housing, 'Ohne Angabe') as housed,
        school,
        vocation,
        coalesce(recognition, 'Ohne Angabe') as recognised_as,
        coalesce(benefits, 'Ohne Angabe') as supported_by,
    from staging.cases
),
by_month as (
    select
        months.area_code,
        months.month_no,
        case
            when grouping(cases.age_group) = 0 then 'age_group'
            when grouping(cases.sex) = 0 then 'sex'
            when grouping(cases.origin) = 0 then 'origin'
            when grouping(cases.residence_status) = 0 then 'residence_status'
            when grouping(cases.household) = 0 then 'household'
            when grouping(cases.housed) = 0 then 'housing'
            when grouping(cases.school) = 0 then 'school'
            when grouping(cases.vocation) = 0 then 'vocation'
            when grouping(cases.recognised_as) = 0 then 'recognition'
            else 'benefits'
        end as breakdown,
        coalesce(
            cases.age_group, cases.sex, cases.origin, cases.residence_status, cases.household, cases.housed,
            cases.school, cases.vocation, cases.recognised_as, cases.supported_by
        ) as category,
        sum(months.weight) as active_cases,
    from staging.case_months as months
    join described as cases on cases.case_no = months.case_no
    group by grouping sets (
        (months.area_code, months.month_no, cases.age_group),
        (months.area_code, months.month_no, cases.sex),
        (months.area_code, months.month_no, cases.origin),
        (months.area_code, months.month_no, cases.residence_status),
        (months.area_code, months.month_no, cases.household),
        (months.area_code, months.month_no, cases.housed),
        (months.area_code, months.month_no, cases.school),
        (months.area_code, months.month_no, cases.vocation),
        (months.area_code, months.month_no, cases.recognised_as),
        (months.area_code, months.month_no, cases.supported_by)
    )
),
by_area as (
    select
        tree.area_code,
        tree.area_level,
        by_month.month_no,
        by_month.breakdown,
        by_month.category,
        sum(by_month.active_cases) as active_cases,
    from by_month
    join staging.tree as tree on tree.part_code = by_month.area_code
    group by tree.area_code, tree.area_level, by_month.month_no, by_month.breakdown, by_month.category
)
select
    by_area.area_code,
    by_area.area_level,
    periods.period,
    periods.period_grain,
    by_area.breakdown,
    by_area.category,
    counted(by_area.active_cases) as active_cases,
from by_area
join staging.periods as periods on periods.last_month = by_area.month_no
-- Where less than half of the Land is known there is no figure of it, so none of its people by category either.
where
    not exists (
        select 1
        from staging.area_periods as base
        where base.area_code = by_area.area_code and base.period = periods.period and not base.is_known
    )
