-- Open at the end = open before + new - closed, for every municipality and month known on both ends.
-- When another sender begins to answer for it, the stocks are two.
select area_code, period, active_before, opened, closed, active_cases
from (
    select *, lag(active_cases) over (partition by area_code order by period) as active_before
    from marts.cases
    where period_grain = 'month' and area_level = 'gemeinde'
) as steps
where active_cases <> active_before + opened - closed
    and not exists (
        select 1
        from staging.answering as answering
        join staging.periods as periods on periods.first_month = answering.from_month and periods.period_grain = 'month'
        where answering.area_code = steps.area_code and periods.period = steps.period
    )
