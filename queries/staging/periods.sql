-- The periods that are complete for at least one sender. Months are counted from year 0, so that a
-- period is a range of whole numbers. A month lies in its quarter, a quarter in its year, a year in its funding
-- phase, and the closed phases, where there are several, in the programme so far.
--
-- grain:   one row per month, quarter, year, closed phase and the programme
with months as (
    -- A month is complete when its last day is: the reporting date may be that day.
    select unnest(range(2018 * 12, month_no((select max(reporting_date) + 1 from staging.deliveries)))) as month_no
),
newest as (
    select max(month_no) as month_no from months
),
phases as (
    select
        phase,
        first_year::int * 12 as first_month,
        last_year::int * 12 + 11 as last_month,
        first_year,
        last_year,
    from reference.phases
),
closed as (
    select phases.phase, phases.first_month, phases.last_month, phases.first_year, phases.last_year
    from phases
    cross join newest
    where phases.last_month <= newest.month_no
),
programme as (
    select
        min(first_month) as first_month,
        max(last_month) as last_month,
        min(first_year) || '-' || max(last_year) as period,
    from closed
    having count(*) > 1
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
        (select phase from closed where months.month_no between closed.first_month and closed.last_month),
    from months
    where month_no % 12 = 11
    union all
    select 'phase', closed.first_month, closed.last_month, closed.phase, null, programme.period
    from closed
    left join programme on true
    union all
    select 'programme', first_month, last_month, period, null, null
    from programme
)
select
    period,
    period_grain,
    first_month,
    last_month,
    make_date(first_month // 12, first_month % 12 + 1, 1) as period_start,
    last_day(make_date(last_month // 12, last_month % 12 + 1, 1)) as period_end,
    -- Phases are not equally long, so none stands beside the one before.
    year_before,
    -- The goals of which a figure at the end of the period can say what became of them within twelve months:
    -- those of a year before, and of a phase its own.
    case when period_grain in ('phase', 'programme') then period else year_before end as cohort,
    parent_period,
    last_month // 12 as budget_year,
from grains
