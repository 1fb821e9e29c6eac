-- Who has delivered, how old it is, when the next delivery is due and how many cases there are.
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
    deliveries.cases_of as reporting_date,
    deliveries.due_on,
    deliveries.accepted_at::date as accepted_on,
    deliveries.synthetic,
    counted(coalesce((select sum(weight) from staging.cases as cases where cases.sender = deliveries.sender), 0)) as cases,
from staging.deliveries as deliveries
order by deliveries.sender_name
