-- The same count from every partition that can be reached, averaged by how far each figure may be off.
--
-- A whole is also the sum of its parts; a part is also the whole less the others. Both if all are shown.
-- $variance is that of one deviation.
with estimates as (
    select
        rowid as id,
        y::double as estimate,
        $variance::double as variance,
    from cells
    where y > 0
    union all
    select
        whole,
        added,
        $variance * shown,
    from complete
    where shown > 1
    union all
    select
        part.id,
        complete.whole_y - complete.added + part.y,
        $variance * complete.shown,
    from members as part
    join complete using (family)
    where complete.shown > 1
    union all
    select
        id,
        rest,
        $variance * (shown + 1),
    from families
    where withheld = 1
)
select
    cells.n,
    cells.y,
    -- To a billionth: added up in another order the last digits are others, and a half is rounded the other way.
    round(sum(estimate / variance) / sum(1 / variance), 9) as mean,
    count(*) as ways,
from estimates
join cells on estimates.id = cells.rowid
where cells.n is not null
group by
    cells.rowid,
    cells.n,
    cells.y
