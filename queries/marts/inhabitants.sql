-- Inhabitants of an area at the end of the period: by the newest official list of municipalities until then, or
-- where none was taken by the newest figures of the table kontext, of the area itself or, where only its
-- municipalities are reported, their sum if all of them are. An area above is the sum of all of its Kreise; `inhabitants_known` are
-- those of the Kreise whose cases are known, the base of what is told per 1,000. Figures of two censuses or of two
-- sources are never added up. The source of a list that says of itself that it is made up is another one.
--
-- grain:   one row per area and period (month, quarter, year …) with a figure
-- key:     area_code, period
-- amounts: inhabitants, inhabitants_known
-- moving:  inhabitants, inhabitants_known
-- unit:    person (official statistics, exact)
-- audience: public
with newest as (
    select
        context.area_code,
        areas.area_level,
        periods.period,
        arg_max(context.inhabitants, context.counted_on) as inhabitants,
        arg_max(context.census, context.counted_on) as census,
        max(context.counted_on) as counted_on,
    from staging.context as context
    join staging.areas as areas on areas.area_code = context.area_code
    join staging.periods as periods on context.counted_on <= periods.period_end
    where context.inhabitants is not null
    group by context.area_code, areas.area_level, periods.period
),
made_of as (
    select area_code, count(*) as municipalities
    from staging.tree
    where part_level = 'gemeinde'
    group by area_code
),
of_municipalities as (
    select
        tree.area_code,
        newest.period,
        sum(newest.inhabitants) as inhabitants,
        max(newest.census) as census,
        max(newest.counted_on) as counted_on,
    from newest
    join staging.tree as tree on tree.part_code = newest.area_code
    join made_of on made_of.area_code = tree.area_code
    where newest.area_level = 'gemeinde' and not is_above_kreis(tree.area_level)
    group by tree.area_code, newest.period, made_of.municipalities
    having count(distinct newest.census) = 1 and count(*) = made_of.municipalities
),
-- Own figures before those of the parts: gemeinde is finer than kreis, so a Kreis takes its own.
delivered as (
    select area_code, period, inhabitants, census, counted_on
    from newest
    where area_level = 'kreis'
    union all
    select parts.area_code, parts.period, parts.inhabitants, parts.census, parts.counted_on
    from of_municipalities as parts
    left join newest as own on own.area_code = parts.area_code and own.period = parts.period and own.area_level = 'kreis'
    where own.area_code is null
),
listed as (
    select
        listed.area_code,
        periods.period,
        arg_max(listed.inhabitants, listed.counted_on) as inhabitants,
        arg_max(listed.census, listed.counted_on) as census,
        max(listed.counted_on) as counted_on,
        arg_max(case when listed.synthetic then 'erfunden' else 'gemeindeverzeichnis' end, listed.counted_on) as source,
    from staging.listed_inhabitants as listed
    join staging.periods as periods on listed.counted_on <= periods.period_end
    where not is_above_kreis(listed.area_level)
    group by listed.area_code, periods.period
),
up_to_kreis as (
    select
        base.area_code,
        base.area_level,
        base.period,
        base.period_grain,
        coalesce(listed.inhabitants, delivered.inhabitants) as inhabitants,
        case when listed.inhabitants is not null then listed.census else delivered.census end as census,
        case when listed.inhabitants is not null then listed.counted_on else delivered.counted_on end as counted_on,
        case when listed.inhabitants is not null then listed.source else 'kontext' end as source,
    from staging.area_periods as base
    left join listed on listed.area_code = base.area_code and listed.period = base.period
    left join delivered on delivered.area_code = base.area_code and delivered.period = base.period
    where
        coalesce(listed.inhabitants, delivered.inhabitants) is not null
        and not is_above_kreis(base.area_level)
),
above as (
    select
        tree.area_code,
        tree.area_level,
        kreise.period,
        kreise.period_grain,
        sum(kreis.inhabitants) as inhabitants,
        sum(case when kreise.cases then kreis.inhabitants end) as inhabitants_known,
        max(kreis.census) as census,
        max(kreis.counted_on) as counted_on,
        max(kreis.source) as source,
        sum(case when kreis.inhabitants is null then 1 else 0 end) as missing,
        -- Known Kreise without a figure: a rate would have people in it whose neighbours are not counted.
        sum(case when kreise.cases and kreis.inhabitants is null then 1 else 0 end) as lacking,
    from staging.kreis_periods as kreise
    join staging.tree as tree on tree.part_code = kreise.kreis_code
    left join up_to_kreis as kreis on kreis.area_code = kreise.kreis_code and kreis.period = kreise.period
    where is_above_kreis(tree.area_level)
    group by tree.area_code, tree.area_level, kreise.period, kreise.period_grain
    having count(distinct kreis.census) = 1 and count(distinct kreis.source) = 1
)
select
    area_code,
    area_level,
    period,
    period_grain,
    inhabitants::bigint as inhabitants,
    inhabitants::bigint as inhabitants_known,
    census,
    counted_on,
    source,
from up_to_kreis
union all
select
    area_code,
    area_level,
    period,
    period_grain,
    case when missing = 0 then inhabitants end::bigint as inhabitants,
    case when lacking = 0 then inhabitants_known end::bigint as inhabitants_known,
    census,
    counted_on,
    source,
from above
where missing = 0 or (lacking = 0 and inhabitants_known is not null)
