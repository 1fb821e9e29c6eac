-- Consultations and referrals. Null where no sender of the area delivers the table.
--
-- grain:   one row per area and period (month, quarter, year) with consultations
-- counts:  consultations of persons, referrals of referred_persons
-- unit:    consultation
-- audience: public
with by_person as (
    select
        c.area_code,
        periods.period,
        periods.period_grain,
        c.case_no,
        count(*) as consultations,
        count_if(c.is_referral) as referrals,
    from staging.consultations as c
    join staging.periods as periods
        on c.month_no between periods.first_month and periods.last_month and c.known_until >= periods.period_end
    group by all
)
select
    tree.area_code,
    tree.area_level,
    by_person.period,
    by_person.period_grain,
    sum(consultations)::bigint as consultations,
    count(*) as persons,
    sum(referrals)::bigint as referrals,
    count_if(referrals > 0) as referred_persons,
from by_person
join staging.tree as tree on tree.part_code = by_person.area_code
group by all
