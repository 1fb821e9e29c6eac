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
    -- Of those that deliver what tells it; who does not is named beside it.
    case when bool_or(plans_until is not null) then count(*) filter (plans_until is not null and planned_on is null) end
        as no_plan,
    string_agg(distinct sender, ', ' order by sender) filter (plans_until is null) as no_plan_without,
    case
        when bool_or(updates_until is not null)
            then count(*) filter (updates_until is not null and plan_written_on <= known_on - interval 12 month)
    end as old_plan,
    string_agg(distinct sender, ', ' order by sender) filter (updates_until is null) as old_plan_without,
    case when bool_or(deadlines_until is not null) then count(*) filter (overdue_goals > 0) end as past_deadline,
    string_agg(distinct sender, ', ' order by sender) filter (deadlines_until is null) as past_deadline_without,
    count(*) filter (
        opened_on + interval 36 month >= known_on and opened_on + interval 33 month < known_on
    ) as near_36,
    count(*) filter (
        opened_on + interval 48 month >= known_on and opened_on + interval 45 month < known_on
    ) as near_48,
    count(*) filter (opened_on + interval 48 month < known_on) as over_48,
    case
        when bool_or(consultations_until is not null)
            then count(*) filter (
                consultations_until is not null
                and greatest(opened_on, coalesce(consulted_on, opened_on)) < known_on - 90
            )
    end as silent,
    string_agg(distinct sender, ', ' order by sender) filter (consultations_until is null) as silent_without,
from marts.open_cases
where area_code in (select area_code from inside)
having count(*) > 0
order by area_code
