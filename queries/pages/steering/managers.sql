-- How many people each manager of an area counsels, by pseudonym, and how many more up to 80. It watches people who
-- work there: it is answered only where the agreement with the staff council is confirmed in a setting.
--
-- grain:    one row per manager
-- reach:    chosen
-- audience: internal
-- needs:    staff council
-- params:   area_code
-- measures: caseload
-- counts:   active_cases
-- amounts:  free_places
-- sorted:   active_cases desc
with recursive inside as (
    select area_code
    from marts.areas
    where area_code = $area_code
    union all
    select areas.area_code
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
)
select manager_id, sender, count(*) as active_cases, 80 - count(*) as free_places,
from marts.open_cases
where area_code in (select area_code from inside) and manager_id is not null
group by manager_id, sender
order by manager_id, sender
