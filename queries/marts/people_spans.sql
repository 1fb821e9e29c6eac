-- How many people are counselled, by who they are, from when until when: the mart `people` is a view of it. As a row
-- for each month it would be five times as long, most of them as the month before.
--
-- grain:   one row per area, breakdown, category and stretch of months at whose ends as many are counselled; it
--          begins with from_month and ends before until_month
-- key:     area_code, breakdown, category, from_month
-- counts:  active_cases
-- audience: internal
-- Whoever is counselled for years is counted twice, when it begins and when it ends, and not at the end of each
-- month: what is counted is how many more or fewer there are, by month, and added up over the months.
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
changes as (
    select case_no, area_code, from_month as month_no, weight as more
    from staging.case_spans
    union all
    select case_no, area_code, until_month as month_no, -weight as more
    from staging.case_spans
),
by_change as (
    select
        changes.area_code,
        changes.month_no,
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
        sum(changes.more) as more,
    from changes
    join described as cases on cases.case_no = changes.case_no
    group by grouping sets (
        (changes.area_code, changes.month_no, cases.age_group),
        (changes.area_code, changes.month_no, cases.sex),
        (changes.area_code, changes.month_no, cases.origin),
        (changes.area_code, changes.month_no, cases.residence_status),
        (changes.area_code, changes.month_no, cases.household),
        (changes.area_code, changes.month_no, cases.housed),
        (changes.area_code, changes.month_no, cases.school),
        (changes.area_code, changes.month_no, cases.vocation),
        (changes.area_code, changes.month_no, cases.recognised_as),
        (changes.area_code, changes.month_no, cases.supported_by)
    )
),
-- By number, as texts are long to compare.
numbered_categories as (
    select breakdown, category, row_number() over (order by breakdown, category) as category_no
    from by_change
    group by breakdown, category
),
of_area as (
    select
        tree.area_code,
        by_change.month_no,
        numbered_categories.category_no,
        sum(by_change.more) as more,
    from by_change
    join numbered_categories
        on numbered_categories.breakdown = by_change.breakdown and numbered_categories.category = by_change.category
    join staging.tree as tree on tree.part_code = by_change.area_code
    group by tree.area_code, by_change.month_no, numbered_categories.category_no
),
by_area as (
    select
        area_code,
        category_no,
        month_no as from_month,
        lead(month_no) over (partition by area_code, category_no order by month_no) as until_month,
        sum(more) over (
            partition by area_code, category_no
            order by month_no
            rows between unbounded preceding and current row
        ) as active_cases,
    from of_area
),
levels as (
    select distinct area_code, area_level
    from staging.tree
)
select
    by_area.area_code,
    levels.area_level,
    numbered_categories.breakdown,
    numbered_categories.category,
    from_month,
    until_month,
    counted(active_cases) as active_cases,
from by_area
join levels on levels.area_code = by_area.area_code
join numbered_categories on numbered_categories.category_no = by_area.category_no
where active_cases > 0 and until_month is not null
