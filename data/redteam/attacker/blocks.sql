-- How many withheld cells of a kind lie in places of so large a size and have so many people in them.
select
    {size} as size,
    least(cells.n, $unseen) as n,
    count(*),
from cells
left join lies_in on lies_in.id = cells.rowid
where
    cells.what = $what
    and cells.y = 0
    and cells.n is not null
    and cells.level = $level
    and cells.grain = $grain
    and cells.sub = $sub
    and (cells.label in ('', 'gesamt')) = ($label in ('', 'gesamt'))
    and {size} <= $most
group by
    {size},
    least(cells.n, $unseen)
