-- All 1,420 areas have a row in every period.
select period, count(*) as areas
from marts.cases
group by period
having count(*) <> (select count(*) from marts.areas)
