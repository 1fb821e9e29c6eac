-- Every area in every period: whether any delivery knows its cases at the end of it, and whether all of
-- it is known that is ever delivered.
--
-- grain:   one row per area and period
select
    tree.area_code,
    tree.area_level,
    periods.period,
    periods.period_grain,
    coalesce(bool_or(known.known_until >= periods.period_end), false) as is_known,
    coalesce(bool_and(known.known_until >= periods.period_end) filter (known.known_until is not null), false)
        as is_complete,
from staging.tree as tree
join staging.known as known on known.area_code = tree.part_code
cross join staging.periods as periods
group by all
