-- How complete the case records of the last deliveries are, by field.
--
-- grain:   one row per sender (and `alle`) and field of the case table
-- key:     sender, field
-- counts:  missing, cases
-- within:  missing of cases
-- total:   sender = alle
-- moving:  all
-- unit:    case
-- audience: public
with by_sender as (
    select
        sender,
        sum(weight) as cases,
        sum(case when altersgruppe is null then weight else 0 end) as altersgruppe,
        sum(case when geschlecht is null then weight else 0 end) as geschlecht,
        sum(case when herkunftsland is null then weight else 0 end) as herkunftsland,
        sum(case when aufenthaltsstatus is null then weight else 0 end) as aufenthaltsstatus,
        sum(case when haushaltstyp is null then weight else 0 end) as haushaltstyp,
        sum(case when unterbringung is null then weight else 0 end) as unterbringung,
        sum(case when leistungsbezug is null then weight else 0 end) as leistungsbezug,
        sum(case when schulabschluss is null then weight else 0 end) as schulabschluss,
        sum(case when berufsabschluss is null then weight else 0 end) as berufsabschluss,
        sum(case when sprachniveau is null then weight else 0 end) as sprachniveau,
        sum(case when beschaeftigung is null then weight else 0 end) as beschaeftigung,
    from deliveries.faelle
    group by sender
),
fields as (
    select sender, 'altersgruppe' as field, altersgruppe as missing, cases from by_sender
    union all
    select sender, 'geschlecht' as field, geschlecht as missing, cases from by_sender
    union all
    select sender, 'herkunftsland' as field, herkunftsland as missing, cases from by_sender
    union all
    select sender, 'aufenthaltsstatus' as field, aufenthaltsstatus as missing, cases from by_sender
    union all
    select sender, 'haushaltstyp' as field, haushaltstyp as missing, cases from by_sender
    union all
    select sender, 'unterbringung' as field, unterbringung as missing, cases from by_sender
    union all
    select sender, 'leistungsbezug' as field, leistungsbezug as missing, cases from by_sender
    union all
    select sender, 'schulabschluss' as field, schulabschluss as missing, cases from by_sender
    union all
    select sender, 'berufsabschluss' as field, berufsabschluss as missing, cases from by_sender
    union all
    select sender, 'sprachniveau' as field, sprachniveau as missing, cases from by_sender
    union all
    select sender, 'beschaeftigung' as field, beschaeftigung as missing, cases from by_sender
)
select
    case when grouping(sender) = 1 then 'alle' else sender end as sender,
    field,
    counted(sum(missing)) as missing,
    counted(sum(cases)) as cases,
from fields
group by grouping sets ((sender, field), (field))
order by sender, field
