-- Integration plans over time, for the area and the comparison.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: plan_rate, plan_from_start, plan_current
-- counts:   active_cases, plans_known, with_plan, updates_known, with_current_plan, opened_30_days_ago,
--           planned_from_start
-- rates:    plan_rate = with_plan / plans_known, plan_from_start = planned_from_start / opened_30_days_ago,
--           plan_current = with_current_plan / updates_known
-- bands:    plan_rate, plan_from_start, plan_current
select
    cases.area_code,
    cases.period,
    periods.year_before,
    coalesce(of_plans.missing, '') as without,
    cases.active_cases,
    cases.plans_known,
    cases.with_plan,
    cases.with_plan_band,
    cases.updates_known,
    cases.with_current_plan,
    cases.with_current_plan_band,
    cases.opened_30_days_ago,
    cases.planned_from_start,
    cases.planned_from_start_band,
from marts.windows as periods
join marts.cases as cases on cases.period = periods.period
left join marts.completeness as of_plans
    on of_plans.area_code = cases.area_code and of_plans.period = cases.period and of_plans.subject = 'plans'
where periods.chosen_period = $period and cases.area_code in ($area_code, $compare)
order by case cases.area_code when $area_code then 1 else 2 end, periods.period_end
