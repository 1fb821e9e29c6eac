-- Counselled persons. A case is open from its first day; on the day it ends it counts as closed, so
-- that open at the end = open before + new - closed.
--
-- grain:   one row per case
select
    row_number() over (order by sender, fall_id) as case_no,
    sender,
    fall_id as case_id,
    integrationsmanager_id as manager_id,
    ags as area_code,
    aufnahme_am as opened_on,
    beendet_am as closed_on,
    month_no(aufnahme_am) as opened_month,
    month_no(beendet_am) as closed_month,
    coalesce(beendigungsgrund in ('Ziele erreicht – selbstständig', 'finanziell unabhängig'), false)
        as left_independent,
    coalesce(beendigungsgrund, 'Ohne Angabe') as end_reason,
    fruehere_fall_id as earlier_case_id,
    coalesce(altersgruppe, 'Ohne Angabe') as age_group,
    coalesce(geschlecht, 'Ohne Angabe') as sex,
    coalesce(herkunftsland, 'Ohne Angabe') as origin,
    coalesce(aufenthaltsstatus, 'Ohne Angabe') as residence_status,
    coalesce(haushaltstyp, 'Ohne Angabe') as household,
    unterbringung as housing,
    sprachniveau as language_level,
    beschaeftigung as occupation,
    anerkennung as recognition,
    leistungsbezug as benefits,
    coalesce(schulabschluss, 'Ohne Angabe') as school,
    coalesce(berufsabschluss, 'Ohne Angabe') as vocation,
    kompetenzen as skills,
    integrationsplan_am as planned_on,
    plan_fortgeschrieben_am as plan_updated_on,
    reporting_date as known_until,
    weight,
from deliveries.faelle
