-- The stretch of months at whose ends each state of a feature holds, of cases that are open and known then, with
-- the first state known of it.
--
-- grain:   one row per case, feature and stretch; it begins with from_month and ends before until_month
select
    area_code,
    feature,
    age_group,
    first_observed,
    latest_observed,
    from_month,
    until_month,
    weight,
from (
    select
        cases.area_code,
        states.feature,
        cases.age_group,
        states.first_observed,
        states.latest_observed,
        greatest(states.from_month, cases.opened_month, 2018 * 12, answering.from_month) as from_month,
        least(
            coalesce(states.until_month, known.unknown_month),
            coalesce(cases.closed_month, known.unknown_month),
            known.unknown_month,
            answering.until_month
        ) as until_month,
        cases.weight,
    from staging.observations as states
    join staging.cases as cases on cases.case_no = states.case_no
    join staging.answering as answering
        on answering.area_code = cases.area_code and answering.sender = cases.sender
    -- A single case where nobody answers for the Kreis is in no figure, of no area above either.
    join staging.known as known on known.area_code = cases.area_code and known.known_until is not null
) as spans
where from_month < until_month
