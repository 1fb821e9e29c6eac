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
with fields as (
    unpivot (
        select
            sender,
            weight,
            (altersgruppe is null)::int as altersgruppe,
            (geschlecht is null)::int as geschlecht,
            (herkunftsland is null)::int as herkunftsland,
            (aufenthaltsstatus is null)::int as aufenthaltsstatus,
            (haushaltstyp is null)::int as haushaltstyp,
            (unterbringung is null)::int as unterbringung,
            (leistungsbezug is null)::int as leistungsbezug,
            (schulabschluss is null)::int as schulabschluss,
            (berufsabschluss is null)::int as berufsabschluss,
            (sprachniveau is null)::int as sprachniveau,
            (beschaeftigung is null)::int as beschaeftigung,
        from deliveries.faelle
    )
    on columns(* exclude (sender, weight))
    into name field value is_missing
)
select
    case when grouping(sender) = 1 then 'alle' else sender end as sender,
    field,
    counted(sum(weight * is_missing)) as missing,
    counted(sum(weight)) as cases,
from fields
group by grouping sets ((sender, field), (field))
order by sender, field
