-- The senders that answer for a Kreis: those with ten or more cases there, and each in the Kreis where most of
-- its cases are. A single case elsewhere decides nothing, because what is unknown in one place and known next
-- door would tell of it.
--
-- grain:   one row per Kreis and sender
with by_sender as (
    select kreise.above_code as kreis_code, cases.sender, cases.known_until, count(*) as cases
    from staging.cases as cases
    join staging.areas_above as kreise on kreise.area_code = cases.area_code and kreise.above_level = 'kreis'
    group by kreise.above_code, cases.sender, cases.known_until
)
select kreis_code, sender, known_until
from by_sender
qualify cases >= 10 or row_number() over (partition by sender order by cases desc, kreis_code) = 1
