-- Areas and periods as they lie in each other: `lay_out` in opened.py says what each table is.
create table area_above as
with recursive climbed as (
    select
        area_code as area,
        parent_code as whole,
        1 as steps,
    from r.marts.areas
    where coalesce(parent_code, '') <> ''
    union all
    select
        climbed.area,
        above.parent_code,
        climbed.steps + 1,
    from climbed
    join r.marts.areas as above on above.area_code = climbed.whole
    where coalesce(above.parent_code, '') <> ''
)
select
    climbed.area,
    climbed.whole,
    above.area_level as level,
    climbed.steps,
from climbed
join r.marts.areas as above on above.area_code = climbed.whole;

create table places as
select
    area_code as area,
    area_level as level,
    nullif(parent_code, '') as parent,
    case when area_level = 'kreis' then area_code else kreis.whole end as kreis,
from r.marts.areas
left join area_above as kreis on kreis.area = area_code and kreis.level = 'kreis';

create table area_parts as
with leaves as (
    select area from places where area not in (select whole from area_above)
),
under as (
    select
        leaves.area as leaf,
        area_above.whole,
        area_above.level,
    from leaves
    join area_above on area_above.area = leaves.area
    union all
    select
        places.area,
        places.area,
        places.level,
    from places
    join leaves on leaves.area = places.area
),
covered as (
    select
        whole.whole,
        part.level as part_level,
        count(distinct whole.leaf) as leaves,
    from under as whole
    join under as part on part.leaf = whole.leaf
    group by whole.whole, part.level
),
every as (
    select
        whole,
        count(distinct leaf) as leaves,
    from under
    group by whole
)
select
    area_above.level,
    area_above.whole,
    places.level as part_level,
    area_above.area as part,
from area_above
join places on places.area = area_above.area
join covered on covered.whole = area_above.whole and covered.part_level = places.level
join every on every.whole = area_above.whole and every.leaves = covered.leaves;

create table time_above as
with lengths as (
    select
        period_grain,
        avg(date_diff('day', period_start, period_end)) as length,
    from r.marts.periods
    group by period_grain
)
select
    part.period,
    whole.period as whole,
    whole.period_grain as grain,
    longer.length,
from r.marts.periods as part
join r.marts.periods as whole on part.period_start >= whole.period_start and part.period_end <= whole.period_end
join lengths as shorter on shorter.period_grain = part.period_grain
join lengths as longer on longer.period_grain = whole.period_grain and longer.length > shorter.length;

create table times as
select
    periods.period,
    period_grain as grain,
    next.whole as parent,
    case when period_grain = 'year' then periods.period else year.whole end as year,
    period_end as ends,
from r.marts.periods as periods
left join time_above as year on year.period = periods.period and year.grain = 'year'
left join (
    select
        period,
        arg_min(whole, length) as whole,
    from time_above
    group by period
) as next on next.period = periods.period
