-- The periods that are shown with a chosen one: of the same grain, up to it, as far back as a chart has room.
--
-- grain:   one row per chosen period and period shown
-- audience: public
select
    chosen.period as chosen_period,
    shown.period,
    shown.period_end,
    shown.year_before,
    shown.cohort,
from staging.periods as chosen
join staging.periods as shown
    on shown.period_grain = chosen.period_grain
    and shown.period_end <= chosen.period_end
    and shown.period_end >= chosen.period_end - case chosen.period_grain
        when 'month' then interval 36 month
        when 'quarter' then interval 4 year
        else interval 20 year
    end
order by chosen.period, shown.period_end, shown.period
