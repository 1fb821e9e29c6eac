-- Every period with each longer period that it lies in, by the parents in the table of periods.
--
-- grain:   one row per period and longer period
with recursive above as (
    select period, period_grain, parent_period as above_period
    from staging.periods
    union all
    select above.period, above.period_grain, longer.parent_period as above_period
    from above
    join staging.periods as longer on longer.period = above.above_period
)
select above.period, above.period_grain, above.above_period, longer.period_grain as above_grain
from above
join staging.periods as longer on longer.period = above.above_period
