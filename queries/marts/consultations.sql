-- Consultations and referrals, and the people counselled at the end of the period where consultations are known, so
-- that the one can be divided by the other. Null where the Kreis does not deliver the table; where it does, a
-- place without any has zero, because a missing row would tell none from few.
--
-- grain:   one row per area and period (month, quarter, year)
-- key:     area_code, period
-- counts:  consultations of persons, referrals of referred_persons, counselled
-- flows:   consultations, referrals
-- parts:   referrals of consultations
-- within:  counselled of cases.active_cases
-- cover:   4 verwaltungsgemeinschaft
-- unit:    consultation
-- audience: public
with by_person as (
    select
        c.area_code,
        periods.period,
        c.case_no,
        any_value(c.person) as person,
        sum(weight) as consultations,
        sum(weight) filter (c.is_referral and known.referrals_until >= periods.period_end) as referrals,
    from staging.consultations as c
    join staging.periods as periods
        on c.month_no between periods.first_month and periods.last_month
    join staging.known as known
        on known.area_code = c.area_code and known.consultations_until >= periods.period_end
    group by c.area_code, periods.period, c.case_no
),
by_area as (
    select
        tree.area_code,
        by_person.period,
        sum(consultations) as consultations,
        sum(person) as persons,
        sum(referrals) as referrals,
        sum(person) filter (referrals > 0) as referred_persons,
    from by_person
    join staging.tree as tree on tree.part_code = by_person.area_code
    group by tree.area_code, by_person.period
),
counselled_by_area as (
    select tree.area_code, months.month_no, sum(months.weight) as counselled
    from staging.case_months as months
    join staging.known as known
        on known.area_code = months.area_code and month_no(known.consultations_until + 1) > months.month_no
    join staging.tree as tree on tree.part_code = months.area_code
    group by tree.area_code, months.month_no
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    counted(case when base.is_known_consultations then coalesce(consultations, 0) end) as consultations,
    counted(case when base.is_known_consultations then coalesce(persons, 0) end) as persons,
    counted(case when base.is_known_referrals then coalesce(referrals, 0) end) as referrals,
    counted(case when base.is_known_referrals then coalesce(referred_persons, 0) end) as referred_persons,
    counted(case when base.is_known_consultations then coalesce(counselled, 0) end) as counselled,
from staging.area_periods as base
join staging.periods as periods on periods.period = base.period
left join by_area on by_area.area_code = base.area_code and by_area.period = base.period
left join counselled_by_area
    on counselled_by_area.area_code = base.area_code and counselled_by_area.month_no = periods.last_month
where base.area_code in (select area_code from staging.area_periods where is_known_consultations)
