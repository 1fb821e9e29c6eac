-- The periods that a reader can choose.
--
-- grain:   one row per period
-- audience: public
select
    period,
    period_grain,
    period_start,
    period_end,
    year_before,
    cohort,
    budget_year,
from staging.periods
order by period_grain, period
