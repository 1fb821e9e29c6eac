-- No part of a count is larger than the count.
select area_code, period
from marts.cases
where
    plans_known > active_cases
    or with_plan > plans_known
    or updates_known > with_plan
    or with_current_plan > updates_known
    or over_36 > active_cases
    or over_48 > over_36
    or planned_from_start > opened_30_days_ago
    or opened_30_days_ago > opened
    or exits_known > closed
    or left_independent > exits_known
