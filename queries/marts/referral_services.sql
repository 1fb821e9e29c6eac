-- To which regular services people are referred in consultations.
--
-- grain:   one row per area, period (month, quarter, year), breakdown (one: service) and category that occurs
-- key:     area_code, period, breakdown, category
-- counts:  referrals of persons
-- flows:   referrals
-- parts:   referrals of consultations.referrals
-- rows:    shown only
-- unit:    consultation
-- audience: public
with by_person as (
    select
        c.area_code,
        periods.period,
        periods.period_grain,
        c.service,
        c.case_no,
        max(c.person) as person,
        sum(c.weight) as referrals,
    from staging.consultations as c
    join staging.periods as periods
        on c.month_no between periods.first_month and periods.last_month
    join staging.known as known on known.area_code = c.area_code and known.referrals_until >= periods.period_end
    where c.is_referral
    group by c.area_code, periods.period, periods.period_grain, c.service, c.case_no
),
by_area as (
    select
        tree.area_code,
        tree.area_level,
        by_person.period,
        by_person.period_grain,
        by_person.service,
        sum(by_person.referrals) as referrals,
        sum(by_person.person) as persons,
    from by_person
    join staging.tree as tree on tree.part_code = by_person.area_code
    group by tree.area_code, tree.area_level, by_person.period, by_person.period_grain, by_person.service
)
select
    area_code,
    area_level,
    period,
    period_grain,
    'service' as breakdown,
    service as category,
    counted(referrals) as referrals,
    counted(persons) as persons,
from by_area
-- Where less than half of an area is known there is no figure of it, so none by category either.
where
    not exists (
        select 1
        from staging.area_periods as base
        where base.area_code = by_area.area_code and base.period = by_area.period and not base.is_known_referrals
    )
