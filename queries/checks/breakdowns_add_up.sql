-- Every breakdown adds up to what it is of: people counselled, cases closed, consultations, referrals.
select people.area_code, people.period, people.breakdown, sum(people.active_cases) as of_its_categories, any_value(cases.active_cases) as active_cases
from marts.people as people
join marts.cases as cases using (area_code, period)
group by people.area_code, people.period, people.breakdown
having sum(people.active_cases) <> any_value(cases.active_cases)
union all
select parts.area_code, parts.period, parts.breakdown, sum(parts.closed), max(wholes.closed)
from marts.exits as parts
join marts.cases as wholes on wholes.area_code = parts.area_code and wholes.period = parts.period
group by parts.area_code, parts.period, parts.breakdown
having sum(parts.closed) <> max(wholes.closed)
union all
select parts.area_code, parts.period, parts.breakdown, sum(parts.consultations), max(wholes.consultations)
from marts.consultation_kinds as parts
join marts.consultations as wholes on wholes.area_code = parts.area_code and wholes.period = parts.period
group by parts.area_code, parts.period, parts.breakdown
having sum(parts.consultations) <> max(wholes.consultations)
union all
select parts.area_code, parts.period, parts.breakdown, sum(parts.referrals), max(wholes.referrals)
from marts.referral_services as parts
join marts.consultations as wholes on wholes.area_code = parts.area_code and wholes.period = parts.period
group by parts.area_code, parts.period, parts.breakdown
having sum(parts.referrals) <> max(wholes.referrals)
