-- What consultations are about, with whom, where and how. Missing is a category of its own.
--
-- grain:   one row per area, period (month, quarter, year), breakdown and category that occurs
-- key:     area_code, period, breakdown, category
-- counts:  consultations of persons
-- flows:   consultations
-- parts:   consultations of consultations.consultations
-- rows:    shown only
-- unit:    consultation
-- audience: public
-- By number, as the texts of periods are long to compare: each consultation counts in some twelve cells.
with numbered_periods as (
    select
        period, period_grain, period_end, first_month, last_month,
        row_number() over (order by period) as period_no,
    from staging.periods
),
by_person as (
    select
        c.area_code,
        periods.period_no,
        case
            when grouping(c.topic) = 0 then 'topic'
            when grouping(c.kind) = 0 then 'kind'
            when grouping(c.place) = 0 then 'place'
            else 'channel'
        end as breakdown,
        coalesce(c.topic, c.kind, c.place, c.channel) as category,
        c.case_no,
        max(c.person) as person,
        sum(c.weight) as consultations,
    from staging.consultations as c
    join numbered_periods as periods
        on c.month_no between periods.first_month and periods.last_month
    join staging.known as known on known.area_code = c.area_code and known.consultations_until >= periods.period_end
    group by grouping sets (
        (c.area_code, periods.period_no, c.case_no, c.topic),
        (c.area_code, periods.period_no, c.case_no, c.kind),
        (c.area_code, periods.period_no, c.case_no, c.place),
        (c.area_code, periods.period_no, c.case_no, c.channel)
    )
),
by_gemeinde as (
    select
        area_code,
        period_no,
        breakdown,
        category,
        sum(consultations) as consultations,
        sum(person) as persons,
    from by_person
    group by area_code, period_no, breakdown, category
),
by_area as (
    select
        tree.area_code,
        tree.area_level,
        by_gemeinde.period_no,
        by_gemeinde.breakdown,
        by_gemeinde.category,
        sum(by_gemeinde.consultations) as consultations,
        sum(by_gemeinde.persons) as persons,
    from by_gemeinde
    join staging.tree as tree on tree.part_code = by_gemeinde.area_code
    group by
        tree.area_code, tree.area_level, by_gemeinde.period_no, by_gemeinde.breakdown, by_gemeinde.category
)
select
    by_area.area_code,
    by_area.area_level,
    periods.period,
    periods.period_grain,
    breakdown,
    category,
    counted(consultations) as consultations,
    counted(persons) as persons,
from by_area
join numbered_periods as periods on periods.period_no = by_area.period_no
-- Where less than half of an area is known there is no figure of it, so none by category either.
where
    not exists (
        select 1
        from staging.area_periods as base
        where base.area_code = by_area.area_code and base.period = periods.period and not base.is_known_consultations
    )
