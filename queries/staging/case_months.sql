-- Cases at the end of each month in which they are open and known.
--
-- grain:   one row per case and month
with open_months as (
    select
        case_no,
        area_code,
        unnest(range(from_month, until_month))::int as month_no,
        opened_on,
        planned_on,
        plan_updated_on,
        weight,
    from staging.case_spans
)
select
    case_no,
    weight,
    area_code,
    month_no,
    coalesce(planned_on <= period_end, false) as has_plan,
    -- The export holds the first and the last writing only.
    coalesce(planned_on > period_end - interval 12 month and planned_on <= period_end, false)
        or coalesce(plan_updated_on > period_end - interval 12 month and plan_updated_on <= period_end, false)
        as has_current_plan,
    opened_on + interval 36 month < period_end as is_over_36,
    opened_on + interval 48 month < period_end as is_over_48,
from open_months
join staging.periods on last_month = month_no and period_grain = 'month'
