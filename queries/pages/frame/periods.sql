-- The periods that a reader can choose, newest first: quarters, years, phases and the
-- programme, then months.
--
-- grain:   one row per period
-- reach:   register
select period, period_grain, year_before
from marts.periods
order by case period_grain
        when 'quarter' then 1 when 'year' then 2 when 'phase' then 3 when 'programme' then 4 else 5
    end, period_end desc
