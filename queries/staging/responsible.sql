-- The senders that answer for a Kreis now: those with ten or more cases there, and each in the Kreis where most of
-- its cases are. A single case elsewhere decides nothing, because what is unknown in one place and known next
-- door would tell of it. Cases of a municipality for which another sender answers by now do not count, and a sender
-- that is said to answer and has not delivered makes the Kreis unknown from that day on.
--
-- grain:   one row per Kreis and sender
with by_sender as (
    select kreise.above_code as kreis_code, cases.sender, cases.known_until, count(*) as cases
    from staging.cases as cases
    join staging.areas_above as kreise on kreise.area_code = cases.area_code and kreise.above_level = 'kreis'
    join staging.answering as answering
        on answering.area_code = cases.area_code
        and answering.sender = cases.sender
        and answering.until_month = 120000
    group by kreise.above_code, cases.sender, cases.known_until
)
select kreis_code, sender, known_until
from by_sender
qualify cases >= 10 or row_number() over (partition by sender order by cases desc, kreis_code) = 1
union all
select kreise.above_code as kreis_code, answering.sender, make_date(min(from_month) // 12, min(from_month) % 12 + 1, 1) - 1
from staging.answering as answering
join staging.areas_above as kreise on kreise.area_code = answering.area_code and kreise.above_level = 'kreis'
where
    answering.until_month = 120000
    and answering.from_month > 0
    and answering.sender not in (select sender from deliveries.faelle)
group by kreise.above_code, answering.sender
