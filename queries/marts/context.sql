-- Context of an area: the newest figures at the end of the period, of the area itself or, where only
-- its municipalities are reported, their sum. Persons are counted like all others, inhabitants are exact.
--
-- grain:   one row per area and period (month, quarter, year) with a figure
-- key:     area_code, period
-- counts:  persons_housed
-- amounts: inhabitants
-- unit:    person
-- audience: public
with newest as (
    select
        context.area_code,
        areas.area_level,
        periods.period,
        arg_max(context.persons_housed, context.counted_on) filter (context.persons_housed is not null)
            as persons_housed,
        arg_max(context.inhabitants, context.counted_on) filter (context.inhabitants is not null) as inhabitants,
        arg_max(context.census, context.counted_on) filter (context.inhabitants is not null) as census,
    from staging.context as context
    join staging.areas as areas on areas.area_code = context.area_code
    join staging.periods as periods on context.counted_on <= periods.period_end
    group by context.area_code, areas.area_level, periods.period
),
summed as (
    select
        tree.area_code,
        tree.area_level,
        newest.period,
        newest.area_level as from_level,
        sum(newest.persons_housed) as persons_housed,
        sum(newest.inhabitants) as inhabitants,
        -- Inhabitants of two censuses are never added up.
        case when count(distinct newest.census) = 1 then max(newest.census) end as census,
    from newest
    join staging.tree as tree on tree.part_code = newest.area_code
    group by tree.area_code, tree.area_level, newest.period, newest.area_level
),
by_area as (
    select
        area_code,
        area_level,
        period,
        -- Own figures before those of the parts: gemeinde is finer than kreis, so a Kreis takes its own.
        arg_max(persons_housed, case from_level when 'kreis' then 2 else 1 end) as persons_housed,
        arg_max(inhabitants, case from_level when 'kreis' then 2 else 1 end) filter (census is not null)
            as inhabitants,
        max(census) as census,
    from summed
    group by area_code, area_level, period
)
select
    by_area.area_code,
    by_area.area_level,
    by_area.period,
    periods.period_grain,
    counted(by_area.persons_housed) as persons_housed,
    by_area.inhabitants::bigint as inhabitants,
    by_area.census,
from by_area
join staging.periods as periods on periods.period = by_area.period
