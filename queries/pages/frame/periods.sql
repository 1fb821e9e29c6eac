-- The periods that a reader can choose, newest first: quarters, then years, then months.
--
-- grain:   one row per period
select period, period_grain, year_before
from marts.periods
order by case period_grain when 'quarter' then 1 when 'year' then 2 else 3 end, period_end desc
