-- People, posts, plans and goals of each municipality of a grouping over time.
--
-- grain:    one row per municipality and period
-- reach:    chosen
-- params:   grouping, period
-- measures: active_cases, caseload, fill_rate, plan_rate, attainment_in_12, independent_exits
-- counts:   active_cases, plans_known, with_plan, exits_known, left_independent, attained_in_12, decided_in_12
-- amounts:  approved_vzae, filled_vzae
-- rates:    caseload = active_cases / filled_vzae, fill_rate = filled_vzae / approved_vzae,
--           plan_rate = with_plan / plans_known, attainment_in_12 = attained_in_12 / decided_in_12,
--           independent_exits = left_independent / exits_known
select
    cases.area_code,
    cases.period,
    periods.year_before,
    cases.active_cases,
    cases.plans_known,
    cases.with_plan,
    cases.exits_known,
    cases.left_independent,
    goals.attained_in_12,
    goals.decided_in_12,
    posts.approved_vzae,
    posts.filled_vzae,
from marts.windows as periods
join marts.groupings as groupings on groupings.group_code = $grouping
join marts.cases as cases on cases.period = periods.period and cases.area_code = groupings.area_code
left join marts.posts as posts on posts.period = periods.period and posts.area_code = cases.area_code
left join marts.goals as goals
    on goals.period = periods.cohort and goals.area_code = cases.area_code and goals.goal_area = 'gesamt'
where periods.chosen_period = $period
order by periods.period_end, cases.area_code
