-- What came in last: the newest deliveries, and before them those that are overdue: more than a month after the
-- day that follows from how often the sender delivers, in a release as of its day.
--
-- grain:   one row per sender
-- reach:   senders
-- measures: data_quality
-- amounts: behind_days
select
    senders.sender_name,
    senders.reporting_date,
    senders.accepted_on,
    greatest(0, coalesce(edition.released_on, current_date) - senders.due_on) as behind_days,
from marts.senders as senders
cross join marts.edition as edition
order by behind_days desc, senders.accepted_on desc, senders.sender_name
