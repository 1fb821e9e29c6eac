-- What these figures rest on, in one row.
--
-- grain:   one row
-- audience: public
with due as (
    select responsible.kreis_code, min(deliveries.due_on) as due_on
    from staging.responsible as responsible
    join staging.deliveries as deliveries on deliveries.sender = responsible.sender
    group by responsible.kreis_code
)
select
    now()::timestamp as built_at,
    -- Days are counted from here in a release, and from today within the house.
    null::date as released_on,
    (select max(cases_of) from staging.deliveries) as as_of,
    (select count(*) from staging.deliveries) as senders,
    (
        (select coalesce(bool_or(synthetic), false) from staging.deliveries)
        or (select coalesce(bool_or(synthetic), false) from staging.listed_inhabitants)
    ) as synthetic,
    (select coalesce(bool_and(only_synthetic), false) from staging.deliveries) as only_synthetic,
    coalesce(
        (select period from staging.opening where area_code = $land),
        (select max(period) from staging.periods where period_grain = 'quarter')
    ) as latest_quarter,
    -- When the next delivery of each Kreis is due, as two lists in one order.
    (select coalesce(string_split(string_agg(kreis_code, ',' order by kreis_code), ','), []) from due) as due_kreise,
    (select coalesce(string_split(string_agg(due_on::varchar, ',' order by kreis_code), ','), []) from due) as due_on,
    (
        select coalesce(string_split(string_agg(kreis_code, ',' order by kreis_code), ','), [])
        from staging.known_kreise
        where cases_until is null
    ) as without_delivery,
    -- In a release the Kreise and the areas above them, with keyed hashes of their counts: those that are fixed once
    -- their period is over, and all; and a word that makes them other ones than those of any other release. Here nothing.
    ''::varchar as state_word,
    []::varchar[] as state_areas,
    []::varchar[] as state_fixed,
    []::varchar[] as state_every,
