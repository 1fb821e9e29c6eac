-- One place beside its association, its Kreis and the Land, at the end of the period and a year before.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: active_cases, per_1000, opened, closed, caseload, fill_rate, coverage, plan_rate, plan_current,
--           attainment_in_12, independent_exits, language_b1, in_work, own_housing, consultations
-- counts:   active_cases, opened, closed, plans_known, with_plan, updates_known,
--           with_current_plan, exits_known, left_independent, over_36,
--           attained_in_12, decided_in_12, agreed,
--           language_known, language_at_b1, work_known, working, housing_known, in_own_housing,
--           in_followup, persons_housed, consultations
-- amounts:  approved_vzae, filled_vzae, inhabitants_1000
-- rates:    per_1000 = active_cases / inhabitants_1000, caseload = active_cases / filled_vzae, fill_rate = filled_vzae / approved_vzae,
--           coverage = in_followup / persons_housed, plan_rate = with_plan / plans_known,
--           plan_current = with_current_plan / updates_known, attainment_in_12 = attained_in_12 / decided_in_12,
--           independent_exits = left_independent / exits_known, language_b1 = language_at_b1 / language_known,
--           in_work = working / work_known, own_housing = in_own_housing / housing_known,
--           over_36_share = over_36 / active_cases
-- bands:    plan_rate, plan_current, attainment_in_12, independent_exits, language_b1, in_work, own_housing,
--           over_36_share
with recursive around as (
    select area_code, area_level, parent_code
    from marts.areas
    where area_code = $area_code
    union all
    select above.area_code, above.area_level, above.parent_code
    from around
    join marts.areas as above on above.area_code = around.parent_code
),
beside as (
    select area_code
    from marts.areas
    where area_code in ($area_code, $compare, $land)
    union
    select area_code
    from around
    where area_level in ('verwaltungsgemeinschaft', 'kreis')
),
wanted as (
    select areas.area_code, areas.area_level, periods.period, periods.cohort, periods.period_end
    from marts.periods as chosen
    join marts.periods as periods on periods.period in (chosen.period, chosen.year_before)
    cross join marts.areas as areas
    where
        chosen.period = $period
        and areas.area_code in (select area_code from beside)
        -- A Stadtkreis and its one municipality are the same place: it stands there once.
        and (areas.area_code in ($area_code, $compare) or areas.area_kind <> $town)
),
-- Of each mart the rows of these places alone: joined as a whole it would be read and hashed for a handful of rows.
all_cases as (
    from marts.cases
    where area_code in (select area_code from beside)
),
all_goals as (
    from marts.goals
    where goal_area = 'gesamt' and area_code in (select area_code from beside)
),
all_outcomes as (
    from marts.outcomes
    where area_code in (select area_code from beside)
),
all_consultations as (
    from marts.consultations
    where area_code in (select area_code from beside)
),
all_posts as (
    from marts.posts
    where area_code in (select area_code from beside)
),
all_context as (
    from marts.context
    where area_code in (select area_code from beside)
),
all_inhabitants as (
    from marts.inhabitants
    where area_code in (select area_code from beside)
)
select
    cases.area_code,
    cases.period,
    cases.active_cases,
    cases.opened,
    cases.closed,
    cases.plans_known,
    cases.with_plan,
    cases.with_plan_band,
    cases.updates_known,
    cases.with_current_plan,
    cases.with_current_plan_band,
    cases.exits_known,
    cases.left_independent,
    cases.left_independent_band,
    cases.over_36,
    cases.over_36_band,
    goals.attained_in_12,
    goals.attained_in_12_band,
    goals.decided_in_12,
    own_goals.agreed,
    outcomes.language_known,
    outcomes.language_at_b1,
    outcomes.language_at_b1_band,
    outcomes.work_known,
    outcomes.working,
    outcomes.working_band,
    outcomes.housing_known,
    outcomes.in_own_housing,
    outcomes.in_own_housing_band,
    -- Where housing is missing for more than a fifth, nobody knows how many live there.
    case when outcomes.housing_known * 5 >= cases.active_cases * 4 then outcomes.in_followup end as in_followup,
    consultations.consultations,
    posts.approved_vzae,
    posts.filled_vzae,
    context.persons_housed,
    (inhabitants.inhabitants_known * 0.001)::decimal(12, 3) as inhabitants_1000,
    inhabitants.source as inhabitants_source,
    inhabitants.counted_on as inhabitants_on,
    inhabitants.census as inhabitants_census,
from wanted
join all_cases as cases on cases.area_code = wanted.area_code and cases.period = wanted.period
left join all_goals as goals on goals.area_code = wanted.area_code and goals.period = wanted.cohort
left join all_goals as own_goals on own_goals.area_code = wanted.area_code and own_goals.period = wanted.period
left join all_outcomes as outcomes
    on outcomes.area_code = wanted.area_code and outcomes.period = wanted.period
left join all_consultations as consultations
    on consultations.area_code = wanted.area_code and consultations.period = wanted.period
left join all_posts as posts on posts.area_code = wanted.area_code and posts.period = wanted.period
left join all_context as context on context.area_code = wanted.area_code and context.period = wanted.period
left join all_inhabitants as inhabitants
    on inhabitants.area_code = wanted.area_code and inhabitants.period = wanted.period
order by
    case wanted.area_code when $area_code then 1 when $compare then 2 else 3 end,
    case wanted.area_level when 'verwaltungsgemeinschaft' then 1 when 'kreis' then 2 else 3 end,
    wanted.period_end desc
