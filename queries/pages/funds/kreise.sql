-- Funds by stage of every Kreis with its municipalities, budget year by budget year, the chosen area first.
--
-- grain:    one row per Kreis and budget year
-- reach:    level
-- params:   area_code, programme
-- dimensions: budget_year
-- measures: funds_by_stage, own_share
-- amounts:  planned_eur, applied_eur, approved_eur, paid_eur, used_eur, recovered_eur, own_share_eur
select
    funds.area_code,
    funds.budget_year,
    funds.planned_eur,
    funds.applied_eur,
    funds.approved_eur,
    funds.paid_eur,
    funds.used_eur,
    funds.recovered_eur,
    funds.own_share_eur,
from marts.funds as funds
where funds.area_level = 'kreis' and funds.programme = $programme
order by
    case when funds.area_code = $area_code then 1 else 2 end,
    funds.area_code,
    funds.budget_year
