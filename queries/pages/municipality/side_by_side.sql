-- Several places side by side over time: people, posts, plans and goals, and what they received in a budget year.
-- Attainment is that of the goals agreed one year earlier, twelve months after their agreement. `compare` may name
-- several areas, with commas between them; `since` is the budget year of the money, which stands with the period.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period, since
-- measures: active_cases, caseload, fill_rate, plan_rate, attainment_in_12, independent_exits, funds_by_stage, use_rate
-- counts:   active_cases, plans_known, with_plan, exits_known, left_independent, attained_in_12, decided_in_12
-- amounts:  approved_vzae, filled_vzae, approved_eur, paid_eur, used_eur
-- rates:    caseload = active_cases / filled_vzae, fill_rate = filled_vzae / approved_vzae,
--           plan_rate = with_plan / plans_known, attainment_in_12 = attained_in_12 / decided_in_12,
--           independent_exits = left_independent / exits_known, use_rate = used_eur / paid_eur
-- bands:    plan_rate, attainment_in_12, independent_exits
with beside as (
    select unnest(string_split(concat_ws(',', $area_code, $compare), ',')) as area_code
),
wanted as (
    select area_code, min(position) as position
    from (select area_code, row_number() over () as position from beside)
    group by area_code
)
select
    cases.area_code,
    cases.period,
    coalesce(of_cases.missing, '') as without,
    cases.active_cases,
    cases.plans_known,
    cases.with_plan,
    cases.with_plan_band,
    cases.exits_known,
    cases.left_independent,
    cases.left_independent_band,
    goals.attained_in_12,
    goals.attained_in_12_band,
    goals.decided_in_12,
    posts.approved_vzae,
    posts.filled_vzae,
    funds.approved_eur,
    funds.paid_eur,
    funds.used_eur,
from marts.windows as periods
join wanted on true
join marts.cases as cases on cases.period = periods.period and cases.area_code = wanted.area_code
left join marts.posts as posts on posts.period = periods.period and posts.area_code = cases.area_code
left join marts.goals as goals
    on goals.period = periods.cohort and goals.area_code = cases.area_code and goals.goal_area = 'gesamt'
left join marts.funds as funds
    on funds.area_code = cases.area_code
    and funds.budget_year::varchar = $since
    and funds.programme = $main_programme
    and periods.period = periods.chosen_period
left join marts.completeness as of_cases
    on of_cases.area_code = cases.area_code and of_cases.period = cases.period and of_cases.subject = 'cases'
where periods.chosen_period = $period
order by wanted.position, periods.period_end
