-- State of the deliveries by sender, and every Kreis for which nobody has ever delivered.
--
-- grain:    one row per sender, or Kreis without one
-- reach:    senders
-- measures: data_quality
-- counts:   cases
-- amounts:  behind_days
select
    senders.sender_name,
    senders.sender_kind,
    senders.reporting_date,
    greatest(0, coalesce(edition.released_on, current_date) - senders.due_on) as behind_days,
    senders.cases,
from marts.senders as senders
cross join marts.edition as edition
union all
select areas.area_name, areas.area_kind, null, null, null
from marts.areas as areas
cross join marts.edition as edition
where list_contains(edition.without_delivery, areas.area_code)
order by sender_name
