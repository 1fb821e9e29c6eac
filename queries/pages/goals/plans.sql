-- Integration plans over time, for the area and the comparison.
--
-- grain:    one row per area and period
-- params:   area_code, compare, period
-- measures: plan_rate, plan_from_start, plan_current
-- counts:   active_cases, with_plan, with_current_plan, opened_30_days_ago, planned_from_start
-- rates:    plan_rate = with_plan / active_cases, plan_from_start = planned_from_start / opened_30_days_ago,
--           plan_current = with_current_plan / with_plan
with chosen as (
    select period_grain, period_end, period_end - case period_grain
        when 'year' then interval 20 year when 'quarter' then interval 4 year else interval 36 month
    end as window_start
    from marts.periods
    where period = $period
)
select
    cases.area_code,
    cases.period,
    periods.year_before,
    cases.is_complete,
    cases.active_cases,
    cases.with_plan,
    cases.with_current_plan,
    cases.opened_30_days_ago,
    cases.planned_from_start,
from chosen
join marts.periods as periods
    on periods.period_grain = chosen.period_grain
    and periods.period_end between chosen.window_start and chosen.period_end
join marts.cases as cases on cases.period = periods.period
where cases.area_code in ($area_code, $compare)
order by case cases.area_code when $area_code then 1 else 2 end, periods.period_end
