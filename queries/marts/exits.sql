-- Why counselling ended in the period. Missing is a category of its own.
--
-- grain:   one row per area, period (month, quarter, year), breakdown (one: reason) and category that occurs
-- key:     area_code, period, breakdown, category
-- levels:  land, regierungsbezirk, kreis, gemeinde
-- counts:  closed
-- flows:   closed
-- parts:   closed of cases.closed
-- rows:    shown only
-- unit:    case
-- audience: public
with by_area as (
    select
        tree.area_code,
        tree.area_level,
        periods.period,
        periods.period_grain,
        exits.end_reason as category,
        sum(exits.weight) as closed,
    from staging.exits as exits
    join staging.periods as periods on exits.closed_month between periods.first_month and periods.last_month
    join staging.known as known
        on known.area_code = exits.area_code and known.closings_until >= periods.period_end
    join staging.tree as tree on tree.part_code = exits.area_code
    group by tree.area_code, tree.area_level, periods.period, periods.period_grain, exits.end_reason
)
select
    area_code,
    area_level,
    period,
    period_grain,
    'reason' as breakdown,
    category,
    counted(closed) as closed,
from by_area
-- Where less than half of an area is known there is no figure of it, so none by category either.
where
    not exists (
        select 1
        from staging.area_periods as base
        where base.area_code = by_area.area_code and base.period = by_area.period and not base.is_known_closings
    )
