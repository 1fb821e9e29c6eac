-- How many open cases need something, at the end of each of the last 25 months: without a plan, with a goal past its
-- deadline, close to 36 or 48 months or over 48, without a consultation for 90 days. Null where it is not known.
-- How old plans were can't be told of months before: the export holds their first and last writing alone.
--
-- grain:   one row per Gemeinde and month
-- audience: internal
with recent as (
    select period, last_month as month_no, period_end
    from staging.periods
    where period_grain = 'month'
    order by last_month desc
    limit 25
),
open_months as (
    select spans.case_no, spans.area_code, recent.month_no, recent.period_end, spans.opened_on, spans.planned_on
    from staging.case_spans as spans
    join recent on recent.month_no >= spans.from_month and recent.month_no < spans.until_month
),
days as (
    select case_no, consulted_on, lead(consulted_on) over (partition by case_no order by consulted_on) as next_on
    from (select distinct case_no, consulted_on from staging.consultations) as consultations
),
consulted as (
    -- The last consultation until the end of the month.
    select days.case_no, recent.month_no, days.consulted_on
    from days
    join recent
        on days.consulted_on <= recent.period_end and (days.next_on is null or days.next_on > recent.period_end)
),
overdue as (
    select distinct goals.case_no, recent.month_no
    from staging.goals as goals
    join recent
        on goals.agreed_on <= recent.period_end
        and goals.deadline_on <= recent.period_end
        and (goals.decided_on is null or goals.decided_on > recent.period_end)
),
counts as (
    select
        months.area_code,
        months.month_no,
        count(*) as active_cases,
        count(*) filter (months.planned_on is null or months.planned_on > months.period_end) as without_plan,
        count(*) filter (overdue.case_no is not null) as with_overdue,
        count(*) filter (is_near(months.opened_on, months.period_end, 36)) as near_36,
        count(*) filter (is_near(months.opened_on, months.period_end, 48)) as near_48,
        count(*) filter (months.opened_on + interval 48 month < months.period_end) as over_48,
        count(*) filter (greatest(months.opened_on, coalesce(consulted.consulted_on, months.opened_on)) < months.period_end - 90)
            as without_consultation,
    from open_months as months
    left join consulted on consulted.case_no = months.case_no and consulted.month_no = months.month_no
    left join overdue on overdue.case_no = months.case_no and overdue.month_no = months.month_no
    group by months.area_code, months.month_no
)
select
    known.area_code,
    recent.period,
    coalesce(counts.active_cases, 0)::bigint as active_cases,
    case when known.plans_until >= recent.period_end then coalesce(counts.without_plan, 0) end::bigint as without_plan,
    case when known.deadlines_until >= recent.period_end then coalesce(counts.with_overdue, 0) end::bigint
        as with_overdue,
    coalesce(counts.near_36, 0)::bigint as near_36,
    coalesce(counts.near_48, 0)::bigint as near_48,
    coalesce(counts.over_48, 0)::bigint as over_48,
    case when known.consultations_until >= recent.period_end then coalesce(counts.without_consultation, 0) end::bigint
        as without_consultation,
from staging.known as known
join recent on recent.period_end <= known.known_until
left join counts on counts.area_code = known.area_code and counts.month_no = recent.month_no
order by known.area_code, recent.period
