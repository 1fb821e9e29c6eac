-- Every area in every period, and whether any delivery knows its cases at the end of it.
--
-- grain:   one row per area and period
select
    tree.area_code,
    tree.area_level,
    periods.period,
    periods.period_grain,
    coalesce(bool_or(known.known_until >= periods.period_end), false) as is_known,
from staging.tree as tree
join staging.known as known on known.area_code = tree.part_code
cross join staging.periods as periods
group by all
