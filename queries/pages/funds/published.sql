-- Published amounts with their source.
--
-- grain:   one row per published amount
-- reach:   register
-- measures: funds_by_stage
-- amounts: amount_eur
-- origin:  published amounts, each with its source
select area_code, budget_years, programme, stage, amount_eur, coalesce(note, '') as note, source
from marts.published_funds
order by area_code, budget_years, stage
