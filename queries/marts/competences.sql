-- What the people can do that are counselled at the end of the period, as in the last delivery. A person may have
-- several competences, so these are shares of people and add up to nothing.
--
-- grain:   one row per area, period (month, quarter, year) and competence that occurs
-- key:     area_code, period, skill
-- levels:  land, regierungsbezirk, kreis, gemeinde
-- counts:  persons
-- parts:   persons of cases.active_cases
-- rows:    shown only
-- unit:    case
-- audience: public
with by_month as (
    select months.area_code, months.month_no, skills.skill, sum(months.weight) as persons
    from staging.case_months as months
    join staging.case_skills as skills on skills.case_no = months.case_no
    group by months.area_code, months.month_no, skills.skill
),
by_area as (
    select tree.area_code, tree.area_level, by_month.month_no, by_month.skill, sum(by_month.persons) as persons
    from by_month
    join staging.tree as tree on tree.part_code = by_month.area_code
    group by tree.area_code, tree.area_level, by_month.month_no, by_month.skill
)
select
    by_area.area_code,
    by_area.area_level,
    periods.period,
    periods.period_grain,
    by_area.skill,
    counted(by_area.persons) as persons,
from by_area
join staging.periods as periods on periods.last_month = by_area.month_no
-- Where less than half of an area is known there is no figure of it, so none by category either.
where
    not exists (
        select 1
        from staging.area_periods as base
        where base.area_code = by_area.area_code and base.period = periods.period and not base.is_known
    )
