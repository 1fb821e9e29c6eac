-- Every breakdown adds up to what it is of: people counselled, cases closed, consultations, referrals. It is there
-- wherever there is any of that, and nowhere else: missing is a category of its own.
with people as (
    select area_code, period, count(*) as breakdowns, min(people) as least, max(people) as most
    from (
        select area_code, period, breakdown, sum(active_cases) as people
        from marts.people
        group by area_code, period, breakdown
    ) as by_breakdown
    where people > 0
    group by area_code, period
),
exits as (
    select area_code, period, sum(closed) as closed
    from marts.exits
    where breakdown = 'reason'
    group by area_code, period
),
consultations as (
    select area_code, period, count(*) as breakdowns, min(consultations) as least, max(consultations) as most
    from (
        select area_code, period, breakdown, sum(consultations) as consultations
        from marts.consultation_kinds
        group by area_code, period, breakdown
    ) as by_breakdown
    where consultations > 0
    group by area_code, period
),
referrals as (
    select area_code, period, sum(referrals) as referrals
    from marts.referral_services
    where breakdown = 'service'
    group by area_code, period
)
select
    coalesce(wholes.area_code, parts.area_code) as area_code,
    coalesce(wholes.period, parts.period) as period,
    'people' as mart,
    wholes.active_cases as of_the_whole,
    parts.least as of_its_categories,
from marts.cases as wholes
full join people as parts on parts.area_code = wholes.area_code and parts.period = wholes.period
where
    coalesce(wholes.active_cases, 0) <> coalesce(parts.least, 0)
    or coalesce(wholes.active_cases, 0) <> coalesce(parts.most, 0)
    or parts.breakdowns <> 10
union all
select
    coalesce(wholes.area_code, parts.area_code) as area_code,
    coalesce(wholes.period, parts.period) as period,
    'exits' as mart,
    wholes.closed as of_the_whole,
    parts.closed as of_its_categories,
from marts.cases as wholes
full join exits as parts on parts.area_code = wholes.area_code and parts.period = wholes.period
where coalesce(wholes.closed, 0) <> coalesce(parts.closed, 0)
union all
select
    coalesce(wholes.area_code, parts.area_code) as area_code,
    coalesce(wholes.period, parts.period) as period,
    'consultation_kinds' as mart,
    wholes.consultations as of_the_whole,
    parts.least as of_its_categories,
from marts.consultations as wholes
full join consultations as parts on parts.area_code = wholes.area_code and parts.period = wholes.period
where
    coalesce(wholes.consultations, 0) <> coalesce(parts.least, 0)
    or coalesce(wholes.consultations, 0) <> coalesce(parts.most, 0)
    or parts.breakdowns <> 4
union all
select
    coalesce(wholes.area_code, parts.area_code) as area_code,
    coalesce(wholes.period, parts.period) as period,
    'referral_services' as mart,
    wholes.referrals as of_the_whole,
    parts.referrals as of_its_categories,
from marts.consultations as wholes
full join referrals as parts on parts.area_code = wholes.area_code and parts.period = wholes.period
where coalesce(wholes.referrals, 0) <> coalesce(parts.referrals, 0)
