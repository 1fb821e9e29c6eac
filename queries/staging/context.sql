-- Context figures of areas at a date.
--
-- grain:   one row per area and date
select
    coalesce(ags, kreis) as area_code,
    stichtag as counted_on,
    personen_anschlussunterbringung as persons_housed,
    zuweisungen_jahr as allocated_in_year,
    einwohner as inhabitants,
    einwohner_basis as census,
from deliveries.kontext
