-- Posts approved and filled on the last days of two periods in every area of one level within the chosen area, those
-- first where most stand open in the later one. The Kreise are always all of them.
--
-- grain:    one row per area
-- reach:    level
-- params:   area_code, level, period, since
-- measures: approved_vzae, filled_vzae, fill_rate
-- amounts:  approved_since_vzae, filled_since_vzae, approved_vzae, filled_vzae
-- rates:    fill_rate = filled_vzae / approved_vzae
-- balances: open_since_vzae = approved_since_vzae - filled_since_vzae, open_vzae = approved_vzae - filled_vzae
-- sorted:   open_vzae desc
with recursive inside as (
    select area_code, area_level
    from marts.areas
    where area_code = case when $level = 'kreis' then $land else $area_code end
    union all
    select areas.area_code, areas.area_level
    from inside
    join marts.areas as areas on areas.parent_code = inside.area_code
)
select
    inside.area_code,
    earlier.approved_vzae as approved_since_vzae,
    earlier.filled_vzae as filled_since_vzae,
    later.approved_vzae,
    later.filled_vzae,
from inside
left join marts.posts as earlier on earlier.area_code = inside.area_code and earlier.period = $since
left join marts.posts as later on later.area_code = inside.area_code and later.period = $period
where inside.area_level = $level and (earlier.approved_vzae is not null or later.approved_vzae is not null)
order by inside.area_code
