-- Cases at the end of each month in which they are open and known.
--
-- grain:   one row per case and month
with open_months as (
    select
        cases.case_no,
        cases.area_code,
        unnest(
            range(
                greatest(cases.opened_month, 2018 * 12, answering.from_month),
                least(
                    coalesce(cases.closed_month, known.unknown_month), known.unknown_month, answering.until_month
                )
            )
        )::int as month_no,
        cases.opened_on,
        cases.planned_on,
        cases.plan_updated_on,
        cases.weight,
    from staging.cases as cases
    join staging.answering as answering
        on answering.area_code = cases.area_code and answering.sender = cases.sender
    -- A single case where nobody answers for the Kreis is in no figure, of no area above either.
    join staging.known as known on known.area_code = cases.area_code and known.known_until is not null
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
