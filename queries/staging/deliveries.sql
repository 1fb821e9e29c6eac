-- The deliveries that the current figures rest on, and when the next one of each sender was due: a rhythm after
-- the cases of the last one, and a month to hand it in.
--
-- grain:   one row per sender
select
    deliveries.sender,
    deliveries.sender_name,
    deliveries.sender_kind,
    deliveries.reporting_date,
    -- As of when the cases are; a single newer table does not make them newer.
    coalesce(delivered.cases_until, deliveries.reporting_date) as cases_of,
    last_day(coalesce(delivered.cases_until, deliveries.reporting_date) + to_months(deliveries.rhythm_months))
        + 31 as due_on,
    deliveries.software,
    deliveries.synthetic,
    deliveries.only_synthetic,
    deliveries.accepted_at,
from reference.deliveries as deliveries
left join staging.delivered as delivered on delivered.sender = deliveries.sender
