-- The key figures of every area of one level, for the map.
--
-- grain:    one row per area
-- params:   level, period
-- measures: active_cases, caseload, plan_rate, attainment_in_12, fill_rate
-- counts:   active_cases, with_plan, attained_in_12, decided_in_12
-- amounts:  approved_vzae, filled_vzae, approved_eur
-- rates:    caseload = active_cases / filled_vzae, plan_rate = with_plan / active_cases,
--           attainment_in_12 = attained_in_12 / decided_in_12, fill_rate = filled_vzae / approved_vzae
-- bands:    plan_rate, attainment_in_12
select
    cases.area_code,
    cases.active_cases,
    cases.with_plan,
    cases.with_plan_band,
    goals.attained_in_12,
    goals.attained_in_12_band,
    goals.decided_in_12,
    posts.approved_vzae,
    posts.filled_vzae,
    funds.approved_eur,
from marts.cases as cases
join marts.periods as periods using (period)
left join marts.posts as posts using (area_code, period)
left join marts.goals as goals
    on goals.area_code = cases.area_code and goals.period = periods.year_before and goals.goal_area = 'gesamt'
left join marts.funds as funds
    on funds.area_code = cases.area_code
    and funds.budget_year = periods.budget_year
    and funds.programme = 'PIK Integrationsmanagement'
where cases.area_level = $level and cases.period = $period
order by cases.area_code
