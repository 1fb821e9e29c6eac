-- Goals that are open at the end of the period and have a deadline, and those whose deadline has passed. No row where a
-- sender of the Kreis delivers no deadlines; an area above is those of its Kreise that do, if at least half of its
-- inhabitants live there.
--
-- grain:   one row per area and period (quarter, year)
-- key:     area_code, period
-- counts:  with_deadline of with_deadline_persons, overdue of overdue_persons
-- gates:   in_time of in_time_persons
-- parts:   overdue of with_deadline beside in_time
-- moving:  with_deadline, overdue, in_time
-- unit:    goal
-- audience: public
with known as (
    select area_code, month_no(deadlines_until + 1) as unknown_month
    from staging.known
    where deadlines_until is not null
),
open_goals as (
    select
        goals.area_code,
        goals.case_no,
        goals.deadline_on,
        goals.weight,
        goals.person,
        unnest(
            range(
                greatest(goals.agreed_month, 2018 * 12),
                least(
                    coalesce(goals.decided_month, known.unknown_month),
                    coalesce(goals.closed_month, known.unknown_month),
                    known.unknown_month,
                    goals.answered_until_month
                )
            )
        )::int as month_no,
    from staging.goals as goals
    join known on known.area_code = goals.area_code
    where goals.deadline_on is not null
),
by_person as (
    select
        open_goals.area_code,
        open_goals.month_no,
        open_goals.case_no,
        max(open_goals.person) as person,
        sum(open_goals.weight) as with_deadline,
        sum(open_goals.weight) filter (open_goals.deadline_on <= periods.period_end) as overdue,
        sum(open_goals.weight) filter (open_goals.deadline_on > periods.period_end) as in_time,
    from open_goals
    join staging.periods as periods
        on periods.last_month = open_goals.month_no and periods.period_grain = 'quarter'
    group by open_goals.area_code, open_goals.month_no, open_goals.case_no
),
by_area as (
    select
        tree.area_code,
        by_person.month_no,
        sum(by_person.with_deadline) as with_deadline,
        sum(by_person.person) as with_deadline_persons,
        sum(by_person.overdue) as overdue,
        sum(by_person.person) filter (by_person.overdue > 0) as overdue_persons,
        sum(by_person.in_time) as in_time,
        sum(by_person.person) filter (by_person.in_time > 0) as in_time_persons,
    from by_person
    join staging.tree as tree on tree.part_code = by_person.area_code
    group by tree.area_code, by_person.month_no
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    counted(coalesce(by_area.with_deadline, 0)) as with_deadline,
    counted(coalesce(by_area.with_deadline_persons, 0)) as with_deadline_persons,
    counted(coalesce(by_area.overdue, 0)) as overdue,
    counted(coalesce(by_area.overdue_persons, 0)) as overdue_persons,
    counted(coalesce(by_area.in_time, 0)) as in_time,
    counted(coalesce(by_area.in_time_persons, 0)) as in_time_persons,
from staging.area_periods as base
join staging.periods as periods on periods.period = base.period and periods.period_grain <> 'month'
left join by_area on by_area.area_code = base.area_code and by_area.month_no = periods.last_month
where base.is_known_deadlines
