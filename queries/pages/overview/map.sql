-- The key figures of every area of one level, for the map. A municipality that is in no association is there
-- itself among the associations.
--
-- grain:    one row per area
-- reach:    level
-- params:   level, period
-- measures: active_cases, per_1000, caseload, plan_rate, attainment_in_12, fill_rate
-- counts:   active_cases, plans_known, with_plan, attained_in_12, decided_in_12
-- amounts:  approved_vzae, filled_vzae, approved_eur, inhabitants_1000
-- rates:    per_1000 = active_cases / inhabitants_1000, caseload = active_cases / filled_vzae, plan_rate = with_plan / plans_known,
--           attainment_in_12 = attained_in_12 / decided_in_12, fill_rate = filled_vzae / approved_vzae
-- bands:    plan_rate, attainment_in_12
select
    cases.area_code,
    cases.active_cases,
    cases.plans_known,
    cases.with_plan,
    cases.with_plan_band,
    goals.attained_in_12,
    goals.attained_in_12_band,
    goals.decided_in_12,
    posts.approved_vzae,
    posts.filled_vzae,
    funds.approved_eur,
    (inhabitants.inhabitants_known * 0.001)::decimal(12, 3) as inhabitants_1000,
    inhabitants.source as inhabitants_source,
    inhabitants.counted_on as inhabitants_on,
    inhabitants.census as inhabitants_census,
from marts.cases as cases
join marts.areas as areas on areas.area_code = cases.area_code
left join marts.areas as above on above.area_code = areas.parent_code
join marts.periods as periods on periods.period = cases.period
left join marts.posts as posts on posts.area_code = cases.area_code and posts.period = cases.period
left join marts.inhabitants as inhabitants
    on inhabitants.area_code = cases.area_code and inhabitants.period = cases.period
left join marts.goals as goals
    on goals.area_code = cases.area_code and goals.period = periods.cohort and goals.goal_area = 'gesamt'
left join marts.funds as funds
    on funds.area_code = cases.area_code
    and funds.budget_year = periods.budget_year
    and funds.programme = $main_programme
where
    cases.period = $period
    and (
        cases.area_level = $level
        or (
            $level = 'verwaltungsgemeinschaft'
            and cases.area_level = 'gemeinde'
            and above.area_level <> 'verwaltungsgemeinschaft'
        )
    )
order by cases.area_code
