-- Money by funding phase: granted, drawn, spent, what is due when, and of a phase that runs what would be left at its
-- end at the pace until now: of the phase so far, and at the slowest and the fastest of its budget years.
--
-- grain:   one row per area, programme and funding phase
-- audience: internal
with phases as (
    select phase, first_year::int as first_year, last_year::int as last_year
    from reference.phases
),
newest as (
    select max(cases_of) as known_on
    from staging.deliveries
),
booked as (
    select
        tree.area_code,
        bookings.programme,
        phases.phase,
        phases.first_year,
        phases.last_year,
        bookings.budget_year,
        sum(bookings.amount_eur) filter (bookings.stage = 'bewilligt') as approved_eur,
        sum(bookings.amount_eur) filter (bookings.stage = 'ausgezahlt') as paid_eur,
        sum(bookings.amount_eur) filter (bookings.stage = 'verwendet') as used_eur,
        max(bookings.booked_on) filter (bookings.stage = 'verwendet') as used_on,
    from staging.bookings as bookings
    join staging.tree as tree on tree.part_code = bookings.area_code
    join phases on bookings.budget_year between phases.first_year and phases.last_year
    group by tree.area_code, bookings.programme, phases.phase, phases.first_year, phases.last_year, bookings.budget_year
),
years as (
    select
        booked.*,
        -- A booking after the year tells of all of it, one within it of the months before.
        case
            when used_on is not null
                then least(12, (date_part('year', used_on) - budget_year) * 12 + date_part('month', used_on) - 1)
        end as months,
    from booked
),
phased as (
    select
        area_code,
        programme,
        phase,
        last_year,
        sum(approved_eur) as approved_eur,
        sum(paid_eur) as paid_eur,
        sum(used_eur) as used_eur,
        max(used_on) as used_on,
        sum(months) as months,
        (last_year - first_year + 1) * 12 - sum(months) as months_left,
        sum(used_eur) filter (months > 0) / nullif(sum(months), 0) as pace,
        min(used_eur / months) filter (months > 0) as slowest,
        max(used_eur / months) filter (months > 0) as fastest,
        make_date(last_year::int + 1, 3, 31) as proof_due_on,
    from years
    group by area_code, programme, phase, first_year, last_year
)
select
    phased.area_code,
    phased.programme,
    phased.phase,
    phased.approved_eur::decimal(18, 2) as approved_eur,
    phased.paid_eur::decimal(18, 2) as paid_eur,
    phased.used_eur::decimal(18, 2) as used_eur,
    phased.used_on,
    case when runs then greatest(0, approved_eur - used_eur - pace * months_left) end::decimal(18, 2) as expiring_eur,
    case when runs then greatest(0, approved_eur - used_eur - fastest * months_left) end::decimal(18, 2)
        as expiring_least_eur,
    case when runs then greatest(0, approved_eur - used_eur - slowest * months_left) end::decimal(18, 2)
        as expiring_most_eur,
    phased.proof_due_on,
    phased.runs,
from (
    select phased.*, make_date(last_year::int, 12, 31) > newest.known_on as runs
    from phased
    cross join newest
) as phased
order by phased.area_code, phased.programme, phased.phase
