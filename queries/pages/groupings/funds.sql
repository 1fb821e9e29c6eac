-- Funds by stage and budget year of each municipality of a grouping, as it received them itself.
--
-- grain:    one row per municipality and budget year
-- reach:    chosen
-- params:   grouping, programme
-- dimensions: budget_year, year_before
-- measures: funds_by_stage, remainder, drawdown, use_rate
-- amounts:  planned_eur, applied_eur, approved_eur, paid_eur, used_eur, remainder_eur
-- rates:    drawdown = paid_eur / approved_eur, use_rate = used_eur / paid_eur
select
    funds.area_code,
    funds.budget_year,
    funds.budget_year - 1 as year_before,
    funds.planned_eur,
    funds.applied_eur,
    funds.approved_eur,
    funds.paid_eur,
    funds.used_eur,
    funds.remainder_eur,
from marts.groupings as groupings
join marts.funds as funds on funds.area_code = groupings.area_code
where groupings.group_code = $grouping and funds.programme = $programme
order by funds.budget_year, funds.area_code
