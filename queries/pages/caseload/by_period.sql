-- People counselled, cases opened and closed, posts and long cases over time, for the area and the
-- comparison.
--
-- grain:    one row per area and period
-- params:   area_code, compare, period
-- measures: active_cases, opened, closed, caseload, fill_rate, needed_vzae, long_cases
-- counts:   active_cases, opened, closed, over_36, over_48
-- amounts:  approved_vzae, filled_vzae
-- rates:    caseload = active_cases / filled_vzae, fill_rate = filled_vzae / approved_vzae,
--           needed_vzae = active_cases / 80, over_36_share = over_36 / active_cases,
--           over_48_share = over_48 / active_cases
with chosen as (
    select period_grain, period_end, period_end - case period_grain
        when 'year' then interval 20 year when 'quarter' then interval 4 year else interval 36 month
    end as window_start
    from marts.periods
    where period = $period
)
select
    cases.area_code,
    cases.period,
    periods.year_before,
    cases.is_complete,
    cases.active_cases,
    cases.opened,
    cases.closed,
    cases.over_36,
    cases.over_48,
    posts.approved_vzae,
    posts.filled_vzae,
from chosen
join marts.periods as periods
    on periods.period_grain = chosen.period_grain
    and periods.period_end between chosen.window_start and chosen.period_end
join marts.cases as cases on cases.period = periods.period
left join marts.posts as posts on posts.area_code = cases.area_code and posts.period = cases.period
where cases.area_code in ($area_code, $compare)
order by case cases.area_code when $area_code then 1 else 2 end, periods.period_end
