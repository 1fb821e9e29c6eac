-- First and latest observed language level, occupation and housing of the people counselled at the
-- end of the period. Language from 18 years on, occupation from 15 to 64, as in the measures.
--
-- grain:   one row per area, period (quarter, year: it changes over years, not months), feature,
--          first and latest value that occur
-- key:     area_code, period, feature, first_observed, latest_observed
-- levels:  land, regierungsbezirk, kreis
-- counts:  persons
-- parts:   persons of cases.active_cases
-- rows:    shown only
-- unit:    case
-- audience: public
with by_area as (
    select
        tree.area_code,
        tree.area_level,
        states.month_no,
        states.feature,
        states.first_observed,
        states.latest_observed,
        sum(states.persons) as persons,
    from staging.states as states
    join staging.tree as tree on tree.part_code = states.area_code
    where
        states.month_no % 3 = 2
        and (
            states.feature = 'unterbringung'
            or (states.feature = 'sprachniveau' and states.age_group in ('18-26', '27-44', '45-64', '65+'))
            or (states.feature = 'beschaeftigung' and states.age_group in ('15-17', '18-26', '27-44', '45-64'))
        )
    group by
        tree.area_code, tree.area_level, states.month_no, states.feature, states.first_observed, states.latest_observed
)
select
    by_area.area_code,
    by_area.area_level,
    periods.period,
    periods.period_grain,
    by_area.feature,
    by_area.first_observed,
    by_area.latest_observed,
    counted(by_area.persons) as persons,
from by_area
join staging.periods as periods on periods.last_month = by_area.month_no and periods.period_grain <> 'month'
-- Where less than half of the Land is known there is no figure of it, so none of its people by category either.
where
    not exists (
        select 1
        from staging.area_periods as base
        where base.area_code = by_area.area_code and base.period = periods.period and not base.is_known
    )
