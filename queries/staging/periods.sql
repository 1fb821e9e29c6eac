-- The periods that are complete for at least one sender. Months are counted from year 0, so that a
-- period is a range of whole numbers. A month lies in its quarter, a quarter in its year.
--
-- grain:   one row per month, quarter and year
with months as (
    -- A month is complete when its last day is: the reporting date may be that day.
    select unnest(range(2018 * 12, month_no((select max(reporting_date) + 1 from staging.deliveries)))) as month_no
),
grains as (
    select
        'month' as period_grain,
        month_no as first_month,
        month_no as last_month,
        printf('%d-%02d', month_no // 12, month_no % 12 + 1) as period,
        printf('%d-%02d', month_no // 12 - 1, month_no % 12 + 1) as year_before,
        printf('%d-Q%d', month_no // 12, month_no % 12 // 3 + 1) as parent_period,
    from months
    union all
    select
        'quarter',
        month_no - 2,
        month_no,
        printf('%d-Q%d', month_no // 12, month_no % 12 // 3 + 1),
        printf('%d-Q%d', month_no // 12 - 1, month_no % 12 // 3 + 1),
        printf('%d', month_no // 12),
    from months
    where month_no % 3 = 2
    union all
    select
        'year',
        month_no - 11,
        month_no,
        printf('%d', month_no // 12),
        printf('%d', month_no // 12 - 1),
        null,
    from months
    where month_no % 12 = 11
)
select
    period,
    period_grain,
    first_month,
    last_month,
    make_date(first_month // 12, first_month % 12 + 1, 1) as period_start,
    last_day(make_date(last_month // 12, last_month % 12 + 1, 1)) as period_end,
    year_before,
    parent_period,
    last_month // 12 as budget_year,
from grains
