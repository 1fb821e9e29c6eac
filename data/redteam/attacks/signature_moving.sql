-- What changes from one quarter to the next where no breakdown of a municipality has more than one category
-- that moves: in how many breakdowns one moves and in how many none, how many cells are seen, how often that is
-- so, and how often it is indeed one person who came or went.
with numbered as (
    select
        *,
        dense_rank() over (order by period) as nth,
    from r.marts.periods
    where period_grain = 'quarter'
),
people as (
    select
        cells.area,
        cells.sub,
        cells.label,
        cells.y,
        cells.n,
        numbered.nth,
    from cells
    join numbered using (period)
    where
        cells.what = 'people.active_cases'
        and cells.level = 'gemeinde'
),
breakdowns as (
    select
        a.area,
        a.nth,
        a.sub,
        count(*) filter (a.y > 0 and b.y > 0) as seen,
        count(*) filter (a.y > 0 and b.y > 0 and a.y <> b.y) as moved,
        sum(abs(a.n - b.n)) as truly,
    from people as a
    join people as b
        on a.area = b.area
        and a.sub = b.sub
        and a.label = b.label
        and b.nth = a.nth - 1
    group by all
),
patterns as (
    select
        area,
        nth,
        count(*) filter (moved = 1) as moved_once,
        count(*) filter (moved = 0) as unmoved,
        sum(seen) as seen,
        bool_and(truly = 1) as one_person,
    from breakdowns
    where seen > 0
    group by all
    having max(moved) = 1
)
select
    moved_once,
    unmoved,
    seen,
    count(*),
    avg(one_person::int),
from patterns
group by all
