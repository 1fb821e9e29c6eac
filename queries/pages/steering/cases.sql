-- The open cases of an area that need one thing (`kind`), by the pseudonym of the office's own program, those first
-- that have waited longest.
--
-- grain:    one row per case
-- reach:    chosen
-- audience: internal
-- params:   area_code, kind
-- measures: active_cases
with recursive inside as (
    select area_code
    from marts.areas
    where area_code = $area_code
    union all
    select areas.area_code
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
),
found as (
    select
        cases.area_code,
        cases.sender,
        cases.case_id,
        cases.opened_on,
        case $kind
            when 'no_plan' then case when plans_until is not null and planned_on is null then opened_on end
            when 'old_plan'
                then case
                    when updates_until is not null and plan_written_on <= known_on - interval 12 month
                        then plan_written_on
                end
            when 'past_deadline' then case when overdue_goals > 0 then overdue_since end
            when 'near_36'
                then case
                    when opened_on + interval 36 month >= known_on and opened_on + interval 33 month < known_on
                        then (opened_on + interval 36 month)::date
                end
            when 'near_48'
                then case
                    when opened_on + interval 48 month >= known_on and opened_on + interval 45 month < known_on
                        then (opened_on + interval 48 month)::date
                end
            when 'over_48'
                then case when opened_on + interval 48 month < known_on then (opened_on + interval 48 month)::date end
            when 'silent'
                then case
                    when
                        consultations_until is not null
                        and greatest(opened_on, coalesce(consulted_on, opened_on)) < known_on - 90
                        then greatest(opened_on, coalesce(consulted_on, opened_on))
                end
        end as since,
    from marts.open_cases as cases
    where cases.area_code in (select area_code from inside)
)
select case_id, area_code, sender, opened_on, since
from found
where since is not null
order by since, sender, case_id
