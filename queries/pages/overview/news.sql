-- What came in last: the newest deliveries, and those that are behind.
--
-- grain:   one row per sender
-- measures: data_quality
-- amounts: behind_days
select
    sender_name,
    reporting_date,
    accepted_on,
    behind_days,
from marts.senders
order by behind_days desc, accepted_on desc, sender_name
limit 8
