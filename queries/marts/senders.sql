-- Who has delivered, how old it is and how many rows each table has.
--
-- grain:   one row per sender
-- key:     sender
-- counts:  cases
-- unit:    case
-- moving:  all
-- audience: public
select
    deliveries.sender,
    deliveries.sender_name,
    deliveries.sender_kind,
    deliveries.reporting_date,
    (select max(reporting_date) from staging.deliveries) - deliveries.reporting_date as behind_days,
    deliveries.accepted_at::date as accepted_on,
    deliveries.synthetic,
    counted(coalesce((select sum(weight) from staging.cases as cases where cases.sender = deliveries.sender), 0)) as cases,
from staging.deliveries as deliveries
order by deliveries.sender_name
