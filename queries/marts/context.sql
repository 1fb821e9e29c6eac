-- Context of an area: the newest figures at the end of the period, of the area itself or, where only
-- its municipalities are reported, their sum.
--
-- grain:   one row per area and period (month, quarter, year) with a figure
-- key:     area_code, period
-- amounts: persons_housed, inhabitants
-- unit:    institutions, exact
-- audience: public
with newest as (
    select
        context.area_code,
        areas.area_level,
        periods.period,
        arg_max(persons_housed, counted_on) filter (persons_housed is not null) as persons_housed,
        arg_max(inhabitants, counted_on) filter (inhabitants is not null) as inhabitants,
        arg_max(census, counted_on) filter (inhabitants is not null) as census,
    from staging.context as context
    join staging.areas as areas using (area_code)
    join staging.periods as periods on context.counted_on <= periods.period_end
    group by all
),
summed as (
    select
        tree.area_code,
        tree.area_level,
        newest.period,
        newest.area_level as from_level,
        sum(persons_housed) as persons_housed,
        sum(inhabitants) as inhabitants,
        -- Inhabitants of two censuses are never added up.
        case when count(distinct census) = 1 then any_value(census) end as census,
    from newest
    join staging.tree as tree on tree.part_code = newest.area_code
    group by all
)
select
    area_code,
    area_level,
    period,
    periods.period_grain,
    -- Own figures before those of the parts: gemeinde is finer than kreis, so a Kreis takes its own.
    arg_max(persons_housed, case from_level when 'kreis' then 2 else 1 end)::bigint as persons_housed,
    arg_max(inhabitants, case from_level when 'kreis' then 2 else 1 end)
        filter (census is not null)::bigint as inhabitants,
    any_value(census) as census,
from summed
join staging.periods as periods using (period)
group by all
