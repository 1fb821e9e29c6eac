-- State of the deliveries by sender.
--
-- grain:    one row per sender
-- measures: data_quality
-- counts:   cases
-- amounts:  behind_days
select
    sender_name,
    sender_kind,
    reporting_date,
    behind_days,
    cases,
from marts.senders
order by sender_name
