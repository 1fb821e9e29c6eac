-- Open at the end = open before + new - closed, for every area and month known on both ends.
select now.area_code, now.period, before.active_cases as before, now.opened, now.closed, now.active_cases as now
from marts.cases as now
join marts.periods as periods using (period)
join marts.periods as previous
    on previous.period_grain = 'month' and previous.period_end = periods.period_start - 1
join marts.cases as before on before.area_code = now.area_code and before.period = previous.period
where
    now.period_grain = 'month'
    and len(now.area_code) = 8
    and now.active_cases <> before.active_cases + now.opened - now.closed
