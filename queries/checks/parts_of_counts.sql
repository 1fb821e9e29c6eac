-- No part of a count is larger than the count.
select area_code, period
from marts.cases
where
    with_plan > active_cases
    or with_current_plan > with_plan
    or over_36 > active_cases
    or over_48 > over_36
    or planned_from_start > opened_30_days_ago
    or opened_30_days_ago > opened
    or left_independent > closed
