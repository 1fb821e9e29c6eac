-- Until when the deliveries of each Kreis are complete; empty where nobody has delivered.
--
-- grain:    one row per Kreis
-- reach:    level
-- measures: data_quality
select
    area_code,
    max(period) filter (is_complete) as complete_until,
from marts.cases
where area_level = 'kreis' and period_grain = 'month'
group by area_code
order by area_code
