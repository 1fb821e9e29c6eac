-- How many people live in every area at the end of the quarter that opens, for the order in which areas are offered.
--
-- grain:    one row per area
-- reach:    register
-- amounts:  inhabitants
select inhabitants.area_code, inhabitants.inhabitants
from marts.inhabitants as inhabitants
join marts.edition as edition on edition.latest_quarter = inhabitants.period
order by inhabitants.area_code
