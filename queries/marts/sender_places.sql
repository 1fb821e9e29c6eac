-- In which municipalities each sender has cases, or is to answer for them.
--
-- grain:   one row per sender and Gemeinde
-- audience: internal
select distinct sender, area_code
from staging.answering
order by sender, area_code
