-- How many open cases of an area needed something at the end of each of the last 25 months. A month in which a Kreis
-- is not known yet that is in the others is unknown: it would look like fewer cases.
--
-- grain:    one row per month
-- reach:    chosen
-- audience: internal
-- params:   area_code
-- measures: active_cases
-- counts:   active_cases, no_plan, past_deadline, near_36, near_48, over_48, silent
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
    period,
    case when count(active_cases) = max(count(active_cases)) over () then sum(active_cases) end::bigint as active_cases,
    case when count(without_plan) = max(count(without_plan)) over () then sum(without_plan) end::bigint as no_plan,
    case when count(with_overdue) = max(count(with_overdue)) over () then sum(with_overdue) end::bigint as past_deadline,
    case when count(near_36) = max(count(near_36)) over () then sum(near_36) end::bigint as near_36,
    case when count(near_48) = max(count(near_48)) over () then sum(near_48) end::bigint as near_48,
    case when count(over_48) = max(count(over_48)) over () then sum(over_48) end::bigint as over_48,
    case when count(without_consultation) = max(count(without_consultation)) over () then sum(without_consultation) end::bigint as silent,
from marts.attention
where area_code in (select area_code from inside)
group by period
order by period
