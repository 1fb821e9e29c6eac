-- How many open cases of an area needed something at the end of each of the last 25 months.
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
    sum(active_cases)::bigint as active_cases,
    case when count(without_plan) = count(*) then sum(without_plan) end::bigint as no_plan,
    case when count(with_overdue) = count(*) then sum(with_overdue) end::bigint as past_deadline,
    sum(near_36)::bigint as near_36,
    sum(near_48)::bigint as near_48,
    sum(over_48)::bigint as over_48,
    case when count(without_consultation) = count(*) then sum(without_consultation) end::bigint as silent,
from marts.attention
where area_code in (select area_code from inside)
group by period
order by period
