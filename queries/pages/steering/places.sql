-- People, posts and free places of an area and of every municipality in it (of every Kreis, where it is larger than
-- one): at one post for 80 people. Posts are those at the end of the newest quarter: how a place with fewer than two
-- posts is staffed by the month tells of a person.
--
-- grain:    one row per area
-- reach:    chosen
-- audience: internal
-- params:   area_code
-- measures: caseload, fill_rate
-- counts:   active_cases
-- amounts:  approved_vzae, filled_vzae, free_places
-- rates:    caseload = active_cases / filled_vzae, fill_rate = filled_vzae / approved_vzae
-- sorted:   caseload desc
with recursive inside as (
    select area_code, area_level, area_kind, 1 as depth
    from marts.areas
    where area_code = $area_code
    union all
    select areas.area_code, areas.area_level, areas.area_kind, inside.depth + 1
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
),
wanted as (
    select inside.area_code
    from inside
    join inside as whole on whole.depth = 1
    where
        inside.depth = 1
        or inside.area_level = case when whole.area_level in ('land', 'regierungsbezirk') then 'kreis' else 'gemeinde' end
        -- A Stadtkreis and its one municipality are the same place: it stands there once.
        and whole.area_kind <> $town
),
within as (
    select area_code, area_code as part_code
    from wanted
    union all
    select within.area_code, areas.area_code
    from within
    join marts.areas as areas on areas.parent_code = within.part_code
),
people as (
    select within.area_code, count(cases.case_id) as active_cases
    from within
    left join marts.open_cases as cases on cases.area_code = within.part_code
    group by within.area_code
),
posts as (
    select
        area_code,
        max(period) as quarter,
        arg_max(approved_vzae, period) as approved_vzae,
        arg_max(filled_vzae, period) as filled_vzae,
    from marts.posts
    where period_grain = 'quarter' and area_code in (select area_code from wanted)
    group by area_code
)
select
    people.area_code,
    posts.quarter,
    people.active_cases,
    posts.approved_vzae,
    posts.filled_vzae,
    case when posts.filled_vzae > 0 then (posts.filled_vzae * 80 - people.active_cases)::decimal(12, 0) end as free_places,
from people
left join posts on posts.area_code = people.area_code
where people.active_cases > 0 or posts.approved_vzae > 0
order by people.area_code
