-- The Kreise whose consultations are known: a sender that answers for them delivers the table, with or
-- without rows.
--
-- grain:   one row per Kreis
select distinct kreis_code
from staging.responsible
where sender in (select sender from reference.beratungen_files)
