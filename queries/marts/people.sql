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
-- least_base: 50 gemeinde
-- unit:    case
-- view:    yes
-- audience: public
with by_month as (
    select
        area_code,
        area_level,
        breakdown,
        category,
        active_cases,
        unnest(range(from_month, until_month))::int as month_no,
    from marts.people_spans
),
periods as (
    select
        period,
        period_grain,
        date_part('year', period_end)::int * 12 + date_part('month', period_end)::int - 1 as last_month,
    from marts.periods
)
select
    by_month.area_code,
    by_month.area_level,
    periods.period,
    periods.period_grain,
    by_month.breakdown,
    by_month.category,
    by_month.active_cases,
from by_month
join periods on periods.last_month = by_month.month_no
-- Where less than half of the Land is known there is no figure of it, so none of its people by category either.
where
    not exists (
        select 1
        from marts.cases as base
        where base.area_code = by_month.area_code and base.period = periods.period and base.active_cases is null
    )
