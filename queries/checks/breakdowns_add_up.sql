-- Every breakdown adds up to what it is of: people counselled, cases closed, consultations, referrals.
select parts.area_code, parts.period, parts.breakdown, parts.of_its_categories, wholes.active_cases
from (
    select area_code, period, breakdown, sum(active_cases) as of_its_categories
    from marts.people
    group by area_code, period, breakdown
) as parts
join marts.cases as wholes on wholes.area_code = parts.area_code and wholes.period = parts.period
where parts.of_its_categories <> wholes.active_cases
union all
select parts.area_code, parts.period, parts.breakdown, parts.of_its_categories, wholes.closed
from (
    select area_code, period, breakdown, sum(closed) as of_its_categories
    from marts.exits
    group by area_code, period, breakdown
) as parts
join marts.cases as wholes on wholes.area_code = parts.area_code and wholes.period = parts.period
where parts.of_its_categories <> wholes.closed
union all
select parts.area_code, parts.period, parts.breakdown, parts.of_its_categories, wholes.consultations
from (
    select area_code, period, breakdown, sum(consultations) as of_its_categories
    from marts.consultation_kinds
    group by area_code, period, breakdown
) as parts
join marts.consultations as wholes on wholes.area_code = parts.area_code and wholes.period = parts.period
where parts.of_its_categories <> wholes.consultations
union all
select parts.area_code, parts.period, parts.breakdown, parts.of_its_categories, wholes.referrals
from (
    select area_code, period, breakdown, sum(referrals) as of_its_categories
    from marts.referral_services
    group by area_code, period, breakdown
) as parts
join marts.consultations as wholes on wholes.area_code = parts.area_code and wholes.period = parts.period
where parts.of_its_categories <> wholes.referrals
