-- Context figures of areas at a date. Persons are one number, not one row each: it is weighed like so many.
--
-- grain:   one row per area and date
select
    coalesce(ags, kreis) as area_code,
    stichtag as counted_on,
    people_of(personen_anschlussunterbringung, weight) as persons_housed,
    zuweisungen_jahr as allocated_in_year,
    einwohner as inhabitants,
    einwohner_basis as census,
from deliveries.kontext
