-- Posts by month; each belongs to a Gemeinde or to a Kreis.
--
-- grain:   one row per post and month
select
    coalesce(ags, kreis) as area_code,
    stelle_id as post_id,
    month_no(monat) as month_no,
    vzae_bewilligt as approved_vzae,
    vzae_besetzt as filled_vzae,
from deliveries.stellen
