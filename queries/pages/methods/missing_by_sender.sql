-- Share of cases without a value, by sender and field.
--
-- grain:    one row per sender and field
-- reach:    senders
-- measures: data_quality
-- counts:   missing, cases
-- rates:    missing_share = missing / cases
select senders.sender_name, missing_values.field, missing_values.missing, missing_values.cases
from marts.missing_values as missing_values
join marts.senders as senders using (sender)
order by senders.sender_name, missing_values.field
