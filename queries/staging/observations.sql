-- Individual development: what was observed of a person, the state at the reporting date included.
-- A value holds from the month it was observed in until the month of the next observation.
--
-- grain:   one row per case, feature and month of an observation
with states as (
    -- The state in the case table is the newest of all; it comes in with the last day known.
    select
        case_no,
        least(coalesce(closed_on, known_until), known_until) as observed_on,
        language_level,
        occupation,
        housing,
        recognition,
    from staging.cases
),
observed as (
    select cases.case_no, development.merkmal as feature, development.datum as observed_on, development.wert as observed,
    from deliveries.verlauf as development
    join staging.cases as cases
        on cases.sender = development.sender and cases.case_id = development.fall_id
    union all
    select case_no, 'sprachniveau', observed_on, language_level
    from states
    where language_level is not null
    union all
    select case_no, 'beschaeftigung', observed_on, occupation
    from states
    where occupation is not null
    union all
    select case_no, 'unterbringung', observed_on, housing
    from states
    where housing is not null
    union all
    select case_no, 'anerkennung', observed_on, recognition
    from states
    where recognition is not null
),
by_month as (
    select
        case_no,
        feature,
        month_no(observed_on) as from_month,
        arg_max(observed, observed_on) as observed,
        arg_min(observed, observed_on) as first_in_month,
        min(observed_on) as observed_on,
    from observed
    group by case_no, feature, month_no(observed_on)
)
select
    case_no,
    feature,
    from_month,
    lead(from_month) over later as until_month,
    first_value(first_in_month) over later as first_observed,
    observed as latest_observed,
from by_month
window later as (partition by case_no, feature order by from_month)
