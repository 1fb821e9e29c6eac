-- The stock at the end of a period is that of the end before, and who came, less who left: what that tells of the
-- one of both flows that is withheld. `rest` has the deviations of three shown figures.
with numbered as (
    select
        period,
        grain,
        dense_rank() over (partition by grain order by ends) as nth,
    from times
),
stocks as (
    select
        cells.area,
        numbered.grain,
        numbered.nth,
        cells.y,
        cells.n,
    from cells
    join numbered on numbered.period = cells.period
    where cells.what = 'cases.active_cases' and cells.y > 0
),
flows as (
    select
        cells.rowid as id,
        cells.area,
        cells.what,
        numbered.grain,
        numbered.nth,
        cells.y,
        cells.n,
    from cells
    join numbered on numbered.period = cells.period
    where cells.what in ('cases.opened', 'cases.closed') and cells.y is not null and cells.n is not null
)
select
    asked.what,
    stocks.grain,
    case asked.what
        when 'cases.opened' then stocks.y - earlier.y + other.y
        else earlier.y + other.y - stocks.y
    end as rest,
    asked.n,
    stocks.n - earlier.n = case asked.what
        when 'cases.opened' then asked.n - other.n
        else other.n - asked.n
    end as holds,
from stocks
join stocks as earlier
    on earlier.area = stocks.area
    and earlier.grain = stocks.grain
    and earlier.nth = stocks.nth - 1
join flows as asked
    on asked.area = stocks.area
    and asked.grain = stocks.grain
    and asked.nth = stocks.nth
    and asked.y = 0
join flows as other
    on other.area = stocks.area
    and other.grain = stocks.grain
    and other.nth = stocks.nth
    and other.what <> asked.what
    and other.y > 0
