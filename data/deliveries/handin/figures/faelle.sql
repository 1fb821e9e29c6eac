-- Cases, those still open, and integration plans of one delivery.
select unnest([
    ('cases', count(*)),
    ('active_cases', count(*) filter (beendet_am is null)),
    ('plans', count(integrationsplan_am)),
])
from read_parquet($file)
