-- Open at the end = open before + new - closed, for every area and month known on both ends.
select area_code, period, active_before, opened, closed, active_cases
from (
    select *, lag(active_cases) over (partition by area_code order by period) as active_before
    from marts.cases
    where period_grain = 'month' and area_level = 'gemeinde'
)
where active_cases <> active_before + opened - closed
