-- Context of an area: the newest figures at the end of the period, of the area itself or, where only
-- its municipalities are reported, their sum. An area above is the sum of its Kreise with a figure, if at least half
-- of its inhabitants live in these. Persons are counted like all others. (Inhabitants have a mart of their own.)
--
-- grain:   one row per area and period (month, quarter, year) with a figure
-- key:     area_code, period
-- counts:  persons_housed
-- unit:    person
-- audience: public
with newest as (
    select
        context.area_code,
        areas.area_level,
        periods.period,
        arg_max(context.persons_housed, context.counted_on) filter (context.persons_housed is not null)
            as persons_housed,
    from staging.context as context
    join staging.areas as areas on areas.area_code = context.area_code
    join staging.periods as periods on context.counted_on <= periods.period_end
    group by context.area_code, areas.area_level, periods.period
),
of_municipalities as (
    select tree.area_code, tree.area_level, newest.period, sum(newest.persons_housed) as persons_housed
    from newest
    join staging.tree as tree on tree.part_code = newest.area_code
    where newest.area_level = 'gemeinde' and not is_above_kreis(tree.area_level)
    group by tree.area_code, tree.area_level, newest.period
),
-- Own figures before those of the parts: gemeinde is finer than kreis, so a Kreis takes its own.
up_to_kreis as (
    select area_code, area_level, period, coalesce(max(own_persons), max(persons_of_parts)) as persons_housed
    from (
        select area_code, area_level, period, persons_housed as own_persons, null as persons_of_parts
        from newest
        where area_level = 'kreis'
        union all
        select area_code, area_level, period, null, persons_housed
        from of_municipalities
    ) as every
    group by area_code, area_level, period
),
inhabited as (
    select tree.area_code, sum(coalesce(kreise.population, 1)) as population
    from staging.tree as tree
    join staging.known_kreise as kreise on kreise.kreis_code = tree.part_code
    where is_above_kreis(tree.area_level)
    group by tree.area_code
),
above as (
    select
        tree.area_code,
        tree.area_level,
        kreis.period,
        sum(kreis.persons_housed) as persons_housed,
        sum(case when kreis.persons_housed is not null then coalesce(kreise.population, 1) else 0 end) as of_persons,
    from up_to_kreis as kreis
    join staging.known_kreise as kreise on kreise.kreis_code = kreis.area_code
    join staging.tree as tree on tree.part_code = kreis.area_code
    where is_above_kreis(tree.area_level)
    group by tree.area_code, tree.area_level, kreis.period
),
by_area as (
    select area_code, area_level, period, persons_housed
    from up_to_kreis
    union all
    select
        above.area_code,
        above.area_level,
        above.period,
        case when 2 * above.of_persons >= inhabited.population then above.persons_housed end,
    from above
    join inhabited on inhabited.area_code = above.area_code
)
select
    by_area.area_code,
    by_area.area_level,
    by_area.period,
    periods.period_grain,
    counted(by_area.persons_housed) as persons_housed,
from by_area
join staging.periods as periods on periods.period = by_area.period
