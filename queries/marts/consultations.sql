-- Consultations and referrals. Null where no sender of the Kreis delivers the table; where one does, a
-- place without any has zero, because a missing row would tell none from few.
--
-- grain:   one row per area and period (month, quarter, year)
-- counts:  consultations of persons, referrals of referred_persons
-- unit:    consultation
-- audience: public
with by_person as (
    select
        c.area_code,
        periods.period,
        c.case_no,
        count(*) as consultations,
        count_if(c.is_referral) as referrals,
    from staging.consultations as c
    join staging.periods as periods
        on c.month_no between periods.first_month and periods.last_month and c.known_until >= periods.period_end
    group by all
),
by_area as (
    select
        tree.area_code,
        by_person.period,
        sum(consultations) as consultations,
        count(*) as persons,
        sum(referrals) as referrals,
        count_if(referrals > 0) as referred_persons,
    from by_person
    join staging.tree as tree on tree.part_code = by_person.area_code
    group by all
),
delivered as (
    select distinct tree.area_code
    from staging.areas as areas
    join staging.tree as tree on tree.part_code = areas.area_code
    where left(areas.area_code, 5) in (select left(area_code, 5) from staging.consultations)
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    case when base.is_known then coalesce(consultations, 0) end::bigint as consultations,
    case when base.is_known then coalesce(persons, 0) end::bigint as persons,
    case when base.is_known then coalesce(referrals, 0) end::bigint as referrals,
    case when base.is_known then coalesce(referred_persons, 0) end::bigint as referred_persons,
from staging.area_periods as base
join delivered using (area_code)
left join by_area using (area_code, period)
