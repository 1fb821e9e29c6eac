-- People counselled in each municipality of a grouping over time.
--
-- grain:    one row per municipality and period
-- params:   grouping, period
-- measures: active_cases
-- counts:   active_cases
select cases.area_code, cases.period, periods.year_before, cases.active_cases
from marts.windows as periods
join marts.groupings as groupings on groupings.group_code = $grouping
join marts.cases as cases on cases.period = periods.period and cases.area_code = groupings.area_code
where periods.chosen_period = $period
order by periods.period_end, cases.area_code
