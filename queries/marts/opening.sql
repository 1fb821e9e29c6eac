-- The quarter that each area opens with; one without a row opens that of the Land.
--
-- grain:   one row per area with any known quarter
-- audience: public
select area_code, period
from staging.opening
order by area_code
