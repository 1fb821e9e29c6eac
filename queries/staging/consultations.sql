-- Consultations.
--
-- grain:   one row per consultation
select
    cases.case_no,
    cases.area_code,
    cases.weight as person,
    consultations.weight,
    coalesce(consultations.thema, 'Ohne Angabe') as topic,
    coalesce(consultations.art, 'Ohne Angabe') as kind,
    coalesce(consultations.ort, 'Ohne Angabe') as place,
    coalesce(consultations.kanal, 'Ohne Angabe') as channel,
    consultations.verweis_an as service,
    consultations.verweis_an is not null as is_referral,
    consultations.datum as consulted_on,
    month_no(consultations.datum) as month_no,
from deliveries.beratungen as consultations
join staging.cases as cases
    on cases.sender = consultations.sender and cases.case_id = consultations.fall_id
join staging.answering as answering
    on answering.area_code = cases.area_code
    and answering.sender = cases.sender
    and month_no(consultations.datum) >= answering.from_month
    and month_no(consultations.datum) < answering.until_month
