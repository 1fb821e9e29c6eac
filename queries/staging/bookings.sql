-- Bookings of funds; the recipient is a Gemeinde or a Kreis.
--
-- grain:   one row per booking
select
    coalesce(ags, kreis) as area_code,
    haushaltsjahr as budget_year,
    programm as programme,
    stufe as stage,
    betrag_eur as amount_eur,
    bemessungszahl as counted_persons,
    gebucht_am as booked_on,
from deliveries.mittel
