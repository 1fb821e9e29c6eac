-- Of those who left in the period, who began again with the same sender within twelve months. Null where that
-- is not known: twelve months are not over, or a sender of the Kreis does not deliver the earlier case.
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
with followed as (
    select
        columns_known.kreis_code,
        periods.period,
        periods.period_grain,
        periods.first_month,
        periods.last_month,
    from staging.columns_known as columns_known
    join staging.periods as periods
        on columns_known.known_until >= periods.period_end + interval 12 month
        and periods.period_grain <> 'month'
    where columns_known.table_name = 'faelle' and columns_known.column_name = 'fruehere_fall_id'
),
by_area as (
    select
        tree.area_code,
        followed.period,
        sum(exits.weight) as closed_followed,
        sum(exits.weight) filter (exits.has_returned) as returned_in_12,
        sum(exits.weight) filter (not exits.has_returned) as stayed_away_in_12,
    from staging.exits as exits
    join staging.known as known on known.area_code = exits.area_code
    join followed
        on followed.kreis_code = known.kreis_code
        and exits.closed_month between followed.first_month and followed.last_month
    join staging.tree as tree on tree.part_code = exits.area_code
    group by tree.area_code, followed.period
),
told as (
    select distinct tree.area_code, followed.period
    from followed
    join staging.tree as within on within.area_code = followed.kreis_code
    join staging.tree as tree on tree.part_code = within.part_code
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    counted(case when told.period is not null then coalesce(by_area.closed_followed, 0) end) as closed_followed,
    counted(case when told.period is not null then coalesce(by_area.returned_in_12, 0) end) as returned_in_12,
    counted(case when told.period is not null then coalesce(by_area.stayed_away_in_12, 0) end)
        as stayed_away_in_12,
from staging.area_periods as base
left join told on told.area_code = base.area_code and told.period = base.period
left join by_area on by_area.area_code = base.area_code and by_area.period = base.period
where base.period_grain <> 'month'
