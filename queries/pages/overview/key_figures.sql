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
with whole as (
    -- One row for all subjects of a period: to plan a join for each took as long as all else.
    select
        period,
        max(case when subject = 'cases' then missing end) as of_cases,
        max(case when subject = 'plans' then missing end) as of_plans,
        max(case when subject = 'exits' then missing end) as of_exits,
        max(case when subject = 'goals_in_12' then missing end) as of_goals,
        max(case when subject = 'posts' then missing end) as of_posts,
    from marts.completeness
    where area_code = $area_code
    group by period
)
select
    cases.area_code,
    cases.period,
    periods.year_before,
    coalesce(whole.of_cases, '') as without,
    coalesce(whole.of_plans, '') as without_plan_rate,
    coalesce(whole.of_exits, '') as without_independent_exits,
    coalesce(of_cohort.of_goals, '') as without_attainment_in_12,
    coalesce(whole.of_posts, '') as without_filled_vzae,
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
left join whole on whole.period = periods.period
left join whole as of_cohort on of_cohort.period = periods.cohort
where periods.chosen_period = $period
order by periods.period_end
