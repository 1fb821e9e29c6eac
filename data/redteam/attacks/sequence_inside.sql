-- Two counts of which the second lies in the first, where both are shown: {whole} and {part}.
--
-- The first is of a period of the same grain that ends {months} months before; 0 for that of the same row.
select
    whole.y as whole_y,
    part.y as part_y,
    whole.n as whole_n,
    part.n as part_n,
    whole.area,
    concat_ws(' ', whole.level, whole.grain, whole.label) as kind,
from cells as whole
join times as before on before.period = whole.period
join times as own on own.grain = before.grain and own.ends = last_day(before.ends + interval {months} month)
join cells as part
    on part.period = own.period
    and part.area = whole.area
    and part.sub = whole.sub
    and part.label = whole.label
where
    whole.what = {whole}
    and part.what = {part}
    and whole.y > 0
    and part.y > 0
    and whole.n >= part.n
