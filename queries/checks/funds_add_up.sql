-- Every booked cent is in the figures of the Land.
select stage, sum(amount_eur) as booked
from staging.bookings
where stage = 'bewilligt'
group by stage
having sum(amount_eur) <> (
    select sum(approved_eur) from marts.funds where area_code = $land and programme = 'alle'
)
