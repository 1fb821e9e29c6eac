-- How many open cases of an area need something, on the newest day that is known, with what they are a part of.
--
-- grain:    one row per area asked for
-- reach:    chosen
-- audience: internal
-- params:   area_code
-- measures: active_cases, plan_rate, plan_current, overdue_goals, long_cases, consultations
-- counts:   active_cases, no_plan, old_plan, past_deadline, near_36, near_48, over_48, silent
with recursive inside as (
    select area_code
    from marts.areas
    where area_code = $area_code
    union all
    select areas.area_code
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
)
select
    $area_code as area_code,
    min(known_on) as known_from,
    max(known_on) as known_on,
    count(*) as active_cases,
    case when bool_and(plans_until is not null) then count(*) filter (planned_on is null) end as no_plan,
    case
        when bool_and(updates_until is not null)
            then count(*) filter (plan_written_on <= known_on - interval 12 month)
    end as old_plan,
    case when bool_and(deadlines_until is not null) then count(*) filter (overdue_goals > 0) end as past_deadline,
    count(*) filter (
        opened_on + interval 36 month >= known_on and opened_on + interval 33 month < known_on
    ) as near_36,
    count(*) filter (
        opened_on + interval 48 month >= known_on and opened_on + interval 45 month < known_on
    ) as near_48,
    count(*) filter (opened_on + interval 48 month < known_on) as over_48,
    case
        when bool_and(consultations_until is not null)
            then count(*) filter (greatest(opened_on, coalesce(consulted_on, opened_on)) < known_on - 90)
    end as silent,
from marts.open_cases
where area_code in (select area_code from inside)
having count(*) > 0
order by area_code
