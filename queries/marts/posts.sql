-- Posts in full-time equivalents (VZÄ): in the last month of the period, and the mean over its months.
-- No row where nobody has reported posts for the month (a Kreis that reports any reports all of them, so a
-- municipality without one has none); posts of a Kreis count from the Kreis upward.
--
-- grain:   one row per area and period (month, quarter, year), where posts are known
-- key:     area_code, period
-- amounts: approved_vzae, filled_vzae, filled_vzae_mean
-- moving:  filled_vzae_mean
-- unit:    post (institutions, exact)
-- audience: public
with by_month as (
    select tree.area_code, posts.month_no, sum(approved_vzae) as approved_vzae, sum(filled_vzae) as filled_vzae
    from staging.posts as posts
    join staging.tree as tree on tree.part_code = posts.area_code
    group by tree.area_code, posts.month_no
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    coalesce(ends.approved_vzae, 0)::decimal(12, 2) as approved_vzae,
    coalesce(ends.filled_vzae, 0)::decimal(12, 2) as filled_vzae,
    coalesce(means.filled_vzae_mean, 0)::decimal(12, 2)
        as filled_vzae_mean,
from staging.area_periods as base
join staging.periods as periods on periods.period = base.period
left join by_month as ends on ends.area_code = base.area_code and ends.month_no = periods.last_month
left join (
    select
        by_month.area_code,
        periods.period,
        sum(filled_vzae) / any_value(periods.last_month - periods.first_month + 1) as filled_vzae_mean,
    from by_month
    join staging.periods as periods on by_month.month_no between periods.first_month and periods.last_month
    group by by_month.area_code, periods.period
) as means on means.area_code = base.area_code and means.period = base.period
where base.is_known_posts
order by base.area_code, base.period
