-- Published amounts, each with its source. The only figures of a demonstration that are real.
--
-- grain:   one row per published amount
-- amounts: amount_eur
-- audience: public
select
    area_code,
    budget_year as budget_years,
    programme,
    stage,
    amount_eur::decimal(18, 2) as amount_eur,
    note,
    source,
from reference.published_funds
order by area_code, budget_year, stage
