-- The stretch of months at whose ends each case is open and known, for each sender that answers.
--
-- grain:   one row per case and stretch; it begins with from_month and ends before until_month
select
    case_no,
    area_code,
    from_month,
    until_month,
    opened_on,
    planned_on,
    plan_updated_on,
    weight,
from (
    select
        cases.case_no,
        cases.area_code,
        greatest(cases.opened_month, 2018 * 12, answering.from_month) as from_month,
        least(
            coalesce(cases.closed_month, known.unknown_month), known.unknown_month, answering.until_month
        ) as until_month,
        cases.opened_on,
        cases.planned_on,
        cases.plan_updated_on,
        cases.weight,
    from staging.cases as cases
    join staging.answering as answering
        on answering.area_code = cases.area_code and answering.sender = cases.sender
    -- A single case where nobody answers for the Kreis is in no figure, of no area above either.
    join staging.known as known on known.area_code = cases.area_code and known.known_until is not null
) as spans
where from_month < until_month
