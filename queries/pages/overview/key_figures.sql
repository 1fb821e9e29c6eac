-- The key figures of one area over the last periods of the chosen grain. Attainment is that of the
-- goals agreed one year earlier, twelve months after their agreement, so that every cohort had the same time.
--
-- grain:    one row per period
-- reach:    chosen
-- params:   area_code, period
-- measures: active_cases, filled_vzae, plan_rate, attainment_in_12, independent_exits
-- counts:   active_cases, plans_known, with_plan, closed, exits_known, left_independent, attained_in_12,
--           decided_in_12
-- amounts:  approved_vzae, filled_vzae
-- rates:    plan_rate = with_plan / plans_known, attainment_in_12 = attained_in_12 / decided_in_12,
--           independent_exits = left_independent / exits_known, fill_rate = filled_vzae / approved_vzae
-- bands:    plan_rate, attainment_in_12, independent_exits
select
    cases.area_code,
    cases.period,
    periods.year_before,
    coalesce(of_cases.missing, '') as without,
    coalesce(of_plans.missing, '') as without_plan_rate,
    coalesce(of_exits.missing, '') as without_independent_exits,
    coalesce(of_goals.missing, '') as without_attainment_in_12,
    coalesce(of_posts.missing, '') as without_filled_vzae,
    cases.active_cases,
    cases.plans_known,
    cases.with_plan,
    cases.with_plan_band,
    cases.closed,
    cases.exits_known,
    cases.left_independent,
    cases.left_independent_band,
    goals.attained_in_12,
    goals.attained_in_12_band,
    goals.decided_in_12,
    posts.approved_vzae,
    posts.filled_vzae,
from marts.windows as periods
join marts.cases as cases on cases.period = periods.period and cases.area_code = $area_code
left join marts.posts as posts on posts.period = periods.period and posts.area_code = $area_code
left join marts.goals as goals
    on goals.period = periods.cohort and goals.area_code = $area_code and goals.goal_area = 'gesamt'
left join marts.completeness as of_cases
    on of_cases.area_code = cases.area_code and of_cases.period = cases.period and of_cases.subject = 'cases'
left join marts.completeness as of_plans
    on of_plans.area_code = cases.area_code and of_plans.period = cases.period and of_plans.subject = 'plans'
left join marts.completeness as of_exits
    on of_exits.area_code = cases.area_code and of_exits.period = cases.period and of_exits.subject = 'exits'
left join marts.completeness as of_goals
    on of_goals.area_code = cases.area_code and of_goals.period = periods.cohort and of_goals.subject = 'goals_in_12'
left join marts.completeness as of_posts
    on of_posts.area_code = cases.area_code and of_posts.period = cases.period and of_posts.subject = 'posts'
where periods.chosen_period = $period
order by periods.period_end
