-- How many withheld cells of a kind lie in so many shown wholes and have so many people in them.
select
    wholes,
    least(n, $unseen),
    count(*),
from (
    select
        cells.rowid,
        cells.n,
        count(families.id) as wholes,
    from cells
    left join families on families.id = cells.rowid
    where
        cells.what = $what
        and cells.y = 0
        and cells.n is not null
        and cells.level = $level
        and cells.grain = $grain
        and cells.sub = $sub
        and (cells.label in ('', 'gesamt')) = ($label in ('', 'gesamt'))
    group by all
)
where wholes <= $wholes
group by all
