-- The senders that answer for a Kreis: those with ten or more cases there, and each in the Kreis where most of
-- its cases are. A single case elsewhere decides nothing, because what is unknown in one place and known next
-- door would tell of it.
--
-- grain:   one row per Kreis and sender
with by_sender as (
    select left(area_code, 5) as kreis_code, sender, known_until, count(*) as cases
    from staging.cases
    group by all
)
select kreis_code, sender, known_until
from by_sender
qualify cases >= 10 or row_number() over (partition by sender order by cases desc, kreis_code) = 1
