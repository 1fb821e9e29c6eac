-- Plans that are up to date, for the area, the comparison and the Land, each at its newest reporting date:
-- the export holds only the last writing of a plan. Municipalities have quarters, but no months.
--
-- grain:    one row per area
-- reach:    chosen
-- params:   area_code, compare
-- measures: plan_current
-- counts:   updates_known, with_current_plan
-- rates:    plan_current = with_current_plan / updates_known
-- bands:    plan_current
select area_code, arg_max(period, period) as period, arg_max(updates_known, period) as updates_known, arg_max(with_current_plan, period) as with_current_plan,
    arg_max(with_current_plan_band, period) as with_current_plan_band,
from marts.cases
where
    area_code in ($area_code, $compare, $land)
    and period_grain = case when area_level not in ('verwaltungsgemeinschaft', 'gemeinde') then 'month' else 'quarter' end
    and with_current_plan is not null
group by area_code
order by case area_code when $area_code then 1 when $compare then 2 else 3 end
