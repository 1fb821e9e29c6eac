-- Of those who left in the period, who began again with the same sender within twelve months. No row where that
-- is not known: twelve months are not over, or a sender of the Kreis does not deliver the earlier case; an area
-- above is those of its Kreise that do, if at least half of its inhabitants live there.
--
-- grain:   one row per area and period (quarter, year)
-- key:     area_code, period
-- counts:  closed_followed, returned_in_12
-- gates:   stayed_away_in_12
-- flows:   closed_followed, returned_in_12, stayed_away_in_12
-- parts:   returned_in_12 of closed_followed beside stayed_away_in_12
-- within:  closed_followed of cases.closed
-- unit:    case
-- audience: public
with by_area as (
    select
        tree.area_code,
        periods.period,
        sum(exits.weight) as closed_followed,
        sum(exits.weight) filter (exits.has_returned) as returned_in_12,
        sum(exits.weight) filter (not exits.has_returned) as stayed_away_in_12,
    from staging.exits as exits
    join staging.known as known on known.area_code = exits.area_code
    join staging.periods as periods
        on exits.closed_month between periods.first_month and periods.last_month
        and known.reentries_until >= periods.period_end + interval 12 month
        and periods.period_grain <> 'month'
    join staging.tree as tree on tree.part_code = exits.area_code
    group by tree.area_code, periods.period
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    counted(coalesce(by_area.closed_followed, 0)) as closed_followed,
    counted(coalesce(by_area.returned_in_12, 0)) as returned_in_12,
    counted(coalesce(by_area.stayed_away_in_12, 0)) as stayed_away_in_12,
from staging.area_periods as base
left join by_area on by_area.area_code = base.area_code and by_area.period = base.period
where base.is_known_reentries and base.period_grain <> 'month'
