-- The deliveries that the current figures rest on.
--
-- grain:   one row per sender
select
    sender,
    sender_name,
    sender_kind,
    reporting_date,
    software,
    synthetic,
    accepted_at,
from reference.deliveries
