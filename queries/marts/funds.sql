-- Funds by stage, an area with everything that lies in it. Exact to the cent.
--
-- grain:   one row per area, budget year and programme (`alle` is every programme together)
-- key:     area_code, budget_year, programme
-- amounts: planned_eur, applied_eur, approved_eur, paid_eur, used_eur, recovered_eur, own_share_eur
-- moving:  paid_eur, used_eur, recovered_eur, own_share_eur
-- unit:    booking (institutions, exact)
-- audience: public
select
    tree.area_code,
    tree.area_level,
    bookings.budget_year,
    case when grouping(bookings.programme) = 1 then 'alle' else bookings.programme end as programme,
    sum(amount_eur) filter (stage = 'Planungsrahmen')::decimal(18, 2) as planned_eur,
    sum(amount_eur) filter (stage = 'beantragt')::decimal(18, 2) as applied_eur,
    sum(amount_eur) filter (stage = 'bewilligt')::decimal(18, 2) as approved_eur,
    sum(amount_eur) filter (stage = 'ausgezahlt')::decimal(18, 2) as paid_eur,
    sum(amount_eur) filter (stage = 'verwendet')::decimal(18, 2) as used_eur,
    sum(amount_eur) filter (stage = 'zurückgefordert')::decimal(18, 2) as recovered_eur,
    sum(amount_eur) filter (stage = 'Eigenanteil')::decimal(18, 2) as own_share_eur,
    sum(counted_persons) filter (stage = 'Planungsrahmen')::bigint as counted_persons,
    (sum(amount_eur) filter (stage = 'ausgezahlt') - sum(amount_eur) filter (stage = 'verwendet'))::decimal(18, 2)
        as remainder_eur,
from staging.bookings as bookings
join staging.tree as tree on tree.part_code = bookings.area_code
group by grouping sets (
    (tree.area_code, tree.area_level, bookings.budget_year, bookings.programme),
    (tree.area_code, tree.area_level, bookings.budget_year)
)
order by area_code, budget_year, programme
