-- Money of an area by funding phase: granted, drawn, spent, and what would expire at the end of a phase that runs.
--
-- grain:    one row per funding phase
-- reach:    chosen
-- audience: internal
-- params:   area_code, programme
-- measures: funds_by_stage, drawdown, use_rate, remainder
-- amounts:  approved_eur, paid_eur, used_eur, expiring_eur, expiring_least_eur, expiring_most_eur
-- rates:    drawdown = paid_eur / approved_eur, use_rate = used_eur / paid_eur
select
    area_code,
    phase as period,
    approved_eur,
    paid_eur,
    used_eur,
    used_on,
    expiring_eur,
    expiring_least_eur,
    expiring_most_eur,
    proof_due_on,
    runs,
from marts.spending
where area_code = $area_code and programme = $programme
order by period desc
