-- The figures of a cumulative series in their order, and the largest figure shown of its parts: who ended there.
--
-- curve is the number of the series, at the place along it. {what} is the count, {parts} are its parts.
with parts as (
    select
        area,
        label,
        sub,
        max(y) as of_parts,
    from cells
    where what in ({parts})
    group by
        area,
        label,
        sub
)
select
    dense_rank() over (order by cells.area, cells.label) - 1 as curve,
    dense_rank() over (order by try_cast(cells.sub as int)) - 1 as place,
    cells.y,
    cells.n,
    cells.area,
    cells.level,
    coalesce(of_parts, 0) as of_parts,
from cells
left join parts
    on parts.area = cells.area
    and parts.label = cells.label
    and parts.sub = cells.sub
where
    cells.what = {what}
    and cells.n is not null
order by
    curve,
    place
