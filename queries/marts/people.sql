-- Who the people are that are counselled at the end of the period. Missing is a category of its own.
--
-- grain:   one row per area, period (month, quarter, year), breakdown and category that occurs
-- key:     area_code, period, breakdown, category
-- counts:  active_cases
-- parts:   active_cases of cases.active_cases
-- rows:    shown only
-- unit:    case
-- audience: public
with by_month as (
    select
        months.area_code,
        months.month_no,
        case
            when grouping(cases.age_group) = 0 then 'age_group'
            when grouping(cases.sex) = 0 then 'sex'
            when grouping(cases.origin) = 0 then 'origin'
            when grouping(cases.residence_status) = 0 then 'residence_status'
            when grouping(cases.household) = 0 then 'household'
            else 'housing'
        end as breakdown,
        coalesce(cases.age_group, cases.sex, cases.origin, cases.residence_status, cases.household, cases.housed)
            as category,
        sum(months.weight) as active_cases,
    from staging.case_months as months
    join (select *, coalesce(housing, 'Ohne Angabe') as housed from staging.cases) as cases using (case_no)
    group by grouping sets (
        (months.area_code, months.month_no, cases.age_group),
        (months.area_code, months.month_no, cases.sex),
        (months.area_code, months.month_no, cases.origin),
        (months.area_code, months.month_no, cases.residence_status),
        (months.area_code, months.month_no, cases.household),
        (months.area_code, months.month_no, cases.housed)
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
    group by all
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
