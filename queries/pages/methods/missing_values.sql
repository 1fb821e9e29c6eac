-- Share of cases without a value, by field, in all last deliveries together.
--
-- grain:    one row per field
-- reach:    land
-- measures: data_quality
-- counts:   missing, cases
-- rates:    missing_share = missing / cases
-- sorted:   missing_share desc
select field, missing, cases
from marts.missing_values
where sender = 'alle'
order by field
