-- People counselled, cases opened and closed, posts and long cases over time, for the area and the
-- comparison.
--
-- grain:    one row per area and period
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: active_cases, opened, closed, caseload, fill_rate, needed_vzae, long_cases
-- counts:   active_cases, opened, closed, over_36, over_48
-- amounts:  approved_vzae, filled_vzae
-- rates:    caseload = active_cases / filled_vzae, fill_rate = filled_vzae / approved_vzae,
--           needed_vzae = active_cases / 80, over_36_share = over_36 / active_cases,
--           over_48_share = over_48 / active_cases
-- bands:    over_36_share
select
    cases.area_code,
    cases.period,
    periods.year_before,
    coalesce(of_cases.missing, '') as without,
    cases.active_cases,
    cases.opened,
    cases.closed,
    cases.over_36,
    cases.over_36_band,
    cases.over_48,
    posts.approved_vzae,
    posts.filled_vzae,
from marts.windows as periods
join marts.cases as cases on cases.period = periods.period
left join marts.posts as posts on posts.area_code = cases.area_code and posts.period = cases.period
left join marts.completeness as of_cases
    on of_cases.area_code = cases.area_code and of_cases.period = cases.period and of_cases.subject = 'cases'
where periods.chosen_period = $period and cases.area_code in ($area_code, $compare)
order by case cases.area_code when $area_code then 1 else 2 end, periods.period_end
