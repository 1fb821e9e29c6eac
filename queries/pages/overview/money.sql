-- Money approved for one area by budget year, up to the year of the chosen period.
--
-- grain:    one row per budget year
-- reach:    chosen
-- params:   area_code, period, programme
-- dimensions: budget_year, year_before
-- measures: funds_by_stage
-- amounts:  approved_eur
select
    funds.area_code,
    funds.budget_year,
    funds.budget_year - 1 as year_before,
    funds.approved_eur,
from marts.funds as funds
where
    funds.area_code = $area_code
    and funds.programme = $programme
    and funds.budget_year between 2018 and (select budget_year from marts.periods where period = $period)
order by funds.budget_year
