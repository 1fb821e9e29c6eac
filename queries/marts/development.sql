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
-- By number, as the texts of features and values are long to compare.
with of_features as (
    select
        area_code,
        feature,
        first_observed,
        latest_observed,
        -- The ends of quarters in the stretch: one every three months.
        from_month + 2 - from_month % 3 as from_quarter,
        until_month,
        weight,
    from staging.state_spans
    where
        feature = 'unterbringung'
        or (feature = 'sprachniveau' and age_group in ('18-26', '27-44', '45-64', '65+'))
        or (feature = 'beschaeftigung' and age_group in ('15-17', '18-26', '27-44', '45-64'))
),
kinds as (
    select
        feature,
        first_observed,
        latest_observed,
        row_number() over (order by feature, first_observed, latest_observed) as kind_no,
    from (select distinct feature, first_observed, latest_observed from of_features)
),
at_quarters as (
    select
        states.area_code,
        kinds.kind_no,
        unnest(range(states.from_quarter, states.until_month, 3))::int as month_no,
        states.weight,
    from of_features as states
    join kinds
        on kinds.feature = states.feature
        and kinds.first_observed is not distinct from states.first_observed
        and kinds.latest_observed is not distinct from states.latest_observed
),
by_gemeinde as (
    select area_code, kind_no, month_no, sum(weight) as persons
    from at_quarters
    group by area_code, kind_no, month_no
),
by_area as (
    select
        tree.area_code,
        tree.area_level,
        by_gemeinde.month_no,
        by_gemeinde.kind_no,
        sum(by_gemeinde.persons) as persons,
    from by_gemeinde
    join staging.tree as tree on tree.part_code = by_gemeinde.area_code
    group by tree.area_code, tree.area_level, by_gemeinde.month_no, by_gemeinde.kind_no
)
select
    by_area.area_code,
    by_area.area_level,
    periods.period,
    periods.period_grain,
    kinds.feature,
    kinds.first_observed,
    kinds.latest_observed,
    counted(by_area.persons) as persons,
from by_area
join kinds on kinds.kind_no = by_area.kind_no
join staging.periods as periods on periods.last_month = by_area.month_no and periods.period_grain <> 'month'
-- Where less than half of the Land is known there is no figure of it, so none of its people by category either.
where
    not exists (
        select 1
        from staging.area_periods as base
        where base.area_code = by_area.area_code and base.period = periods.period and not base.is_known
    )
