-- Three shares of places that are compared fairly, with their bases, and those of the Land: for a municipality, those
-- of its kind (town or not) with about as many inhabitants, twelve on either side; for all others, every Kreis.
--
-- grain:    one row per area
-- reach:    land
-- params:   area_code, period
-- measures: plan_rate, attainment_in_12, independent_exits
-- counts:   plans_known, with_plan, exits_known, left_independent, attained_in_12, decided_in_12
-- rates:    plan_rate = with_plan / plans_known, attainment_in_12 = attained_in_12 / decided_in_12,
--           independent_exits = left_independent / exits_known
-- bands:    plan_rate, attainment_in_12, independent_exits
with own as (
    select area_code, area_level, area_kind
    from marts.areas
    where area_code = $area_code
),
ranked as (
    select
        others.area_code,
        row_number() over (order by others.inhabitants, others.area_code) as place,
    from own
    join marts.inhabitants as itself on itself.area_code = own.area_code and itself.period = $period
    join marts.areas as areas on areas.area_level = own.area_level and areas.area_kind = own.area_kind
    join marts.inhabitants as others
        on others.area_code = areas.area_code
        and others.period = $period
        -- Numbers by two sources or two censuses say nothing of who is larger.
        and others.source = itself.source
        and others.census is not distinct from itself.census
    where own.area_level = 'gemeinde'
),
beside as (
    select ranked.area_code
    from ranked
    join ranked as itself on itself.area_code = $area_code
    where ranked.place between itself.place - 12 and itself.place + 12
    union all
    select areas.area_code
    from own
    join marts.areas as areas on areas.area_level = 'kreis' and own.area_level <> 'gemeinde'
    union all
    select $land
)
select
    cases.area_code,
    cases.plans_known,
    cases.with_plan,
    cases.with_plan_band,
    cases.exits_known,
    cases.left_independent,
    cases.left_independent_band,
    goals.attained_in_12,
    goals.attained_in_12_band,
    goals.decided_in_12,
from beside
join marts.cases as cases on cases.area_code = beside.area_code and cases.period = $period
join marts.periods as periods on periods.period = cases.period
left join marts.goals as goals
    on goals.area_code = cases.area_code and goals.period = periods.cohort and goals.goal_area = 'gesamt'
order by cases.area_code
