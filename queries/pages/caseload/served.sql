-- How many municipalities of the area and of the comparison are served, over time: those with an approved post or
-- with a number of people that is shown. It is worked out from what is published alone, and ten is the smallest
-- number that is, so it tells nobody apart from few.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: served_areas
-- amounts:  areas_served, areas_known
-- shown:    areas_served
-- rates:    served_areas = areas_served / areas_known
with recursive inside as (
    select area_code as whole_code, area_code, area_level
    from marts.areas
    where area_code in ($area_code, $compare)
    union all
    select inside.whole_code, areas.area_code, areas.area_level
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
),
municipalities as (
    select distinct whole_code, area_code
    from inside
    where area_level = 'gemeinde'
),
-- Of these periods alone: joined as a whole the marts would be read and hashed for every month of every place.
periods as (
    select period, year_before, period_end
    from marts.windows
    where chosen_period = $period
),
all_cases as (
    from marts.cases
    where period in (select period from periods)
),
all_posts as (
    from marts.posts
    where period in (select period from periods)
)
select
    municipalities.whole_code as area_code,
    windows.period,
    windows.year_before,
    count(cases.active_cases) filter (cases.active_cases >= 10 or posts.approved_vzae > 0) as areas_served,
    count(cases.active_cases) as areas_known,
from periods as windows
cross join municipalities
left join all_cases as cases on cases.area_code = municipalities.area_code and cases.period = windows.period
left join all_posts as posts on posts.area_code = municipalities.area_code and posts.period = windows.period
group by municipalities.whole_code, windows.period, windows.year_before, windows.period_end
order by case municipalities.whole_code when $area_code then 1 else 2 end, windows.period_end
