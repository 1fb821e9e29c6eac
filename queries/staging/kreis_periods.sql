-- What is known of each Kreis at the end of each period, by subject. A subject is what senders deliver or not:
-- the cases themselves, a column of theirs, or a further table (see `delivered.sql`).
--
-- grain:   one row per Kreis and period
with reported as (
    -- A Kreis that reports any post in a month reports all of them.
    select distinct tree.area_code as kreis_code, posts.month_no
    from staging.posts as posts
    join staging.tree as tree on tree.part_code = posts.area_code and tree.area_level = 'kreis'
)
select
    kreise.kreis_code,
    periods.period,
    periods.period_grain,
    coalesce(kreise.cases_until >= periods.period_end, false) as cases,
    coalesce(kreise.closings_until >= periods.period_end, false) as closings,
    coalesce(kreise.exits_until >= periods.period_end, false) as exits,
    -- Who of those that left in the period had come back twelve months later.
    coalesce(kreise.reentries_until >= periods.period_end + interval 12 month, false) as reentries,
    coalesce(kreise.plans_until >= periods.period_end, false) as plans,
    coalesce(kreise.updates_until >= periods.period_end, false) as updates,
    coalesce(kreise.language_until >= periods.period_end, false) as language,
    coalesce(kreise.work_until >= periods.period_end, false) as work,
    coalesce(kreise.housing_until >= periods.period_end, false) as housing,
    coalesce(kreise.recognition_until >= periods.period_end, false) as recognition,
    coalesce(kreise.goals_until >= periods.period_end, false) as goals,
    coalesce(kreise.deadlines_until >= periods.period_end, false) as deadlines,
    coalesce(kreise.consultations_until >= periods.period_end, false) as consultations,
    coalesce(kreise.referrals_until >= periods.period_end, false) as referrals,
    -- What had become of goals twelve months after their agreement.
    coalesce(kreise.goals_until >= periods.period_end + interval 12 month, false) as goals_in_12,
    reported.kreis_code is not null as posts,
    coalesce(kreise.population, 1) as population,
from staging.known_kreise as kreise
cross join staging.periods as periods
left join reported on reported.kreis_code = kreise.kreis_code and reported.month_no = periods.last_month
