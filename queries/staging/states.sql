-- The first and the latest known value of each feature, for cases open at the end of a month.
--
-- grain:   one row per Gemeinde, month, feature, age group, first and latest value
with open_states as (
    select
        cases.area_code,
        cases.age_group,
        states.feature,
        states.first_observed,
        states.latest_observed,
        cases.weight,
        unnest(
            range(
                greatest(states.from_month, cases.opened_month, 2018 * 12, answering.from_month),
                least(
                    coalesce(states.until_month, known.unknown_month),
                    coalesce(cases.closed_month, known.unknown_month),
                    known.unknown_month,
                    answering.until_month
                )
            )
        )::int as month_no,
    from staging.observations as states
    join staging.cases as cases on cases.case_no = states.case_no
    join staging.answering as answering
        on answering.area_code = cases.area_code and answering.sender = cases.sender
    -- A single case where nobody answers for the Kreis is in no figure, of no area above either.
    join staging.known as known on known.area_code = cases.area_code and known.known_until is not null
)
select
    area_code,
    month_no,
    feature,
    age_group,
    first_observed,
    latest_observed,
    sum(weight) as persons,
from open_states
group by area_code, month_no, feature, age_group, first_observed, latest_observed
