-- Every case that is open on the newest day that is known of its Kreis, with the days by which an office finds what
-- it has to do. The pseudonym is the one of the office's own program; nothing else here is about the person.
--
-- grain:   one row per open case
-- audience: internal
with goals as (
    select
        goals.case_no,
        count(*) as overdue_goals,
        min(goals.deadline_on) as overdue_since,
    from staging.goals as goals
    join staging.known as known on known.area_code = goals.area_code
    where
        goals.agreed_on <= known.deadlines_until
        and goals.deadline_on <= known.deadlines_until
        and (goals.decided_on is null or goals.decided_on > known.deadlines_until)
    group by goals.case_no
),
consulted as (
    select consultations.case_no, max(consultations.consulted_on) as consulted_on
    from staging.consultations as consultations
    join staging.known as known on known.area_code = consultations.area_code
    where consultations.consulted_on <= known.consultations_until
    group by consultations.case_no
)
select
    cases.area_code,
    cases.sender,
    cases.case_id,
    cases.manager_id,
    known.known_until as known_on,
    cases.opened_on,
    case when cases.planned_on <= known.known_until then cases.planned_on end as planned_on,
    case
        when cases.planned_on <= known.known_until
            then greatest(cases.planned_on, coalesce(cases.plan_updated_on, cases.planned_on))
    end as plan_written_on,
    consulted.consulted_on,
    coalesce(goals.overdue_goals, 0) as overdue_goals,
    goals.overdue_since,
    -- Null where nobody delivers what would tell it.
    known.plans_until,
    known.updates_until,
    known.deadlines_until,
    known.consultations_until,
from staging.cases as cases
join staging.known as known on known.area_code = cases.area_code and known.known_until is not null
join staging.answering as answering
    on answering.area_code = cases.area_code
    and answering.sender = cases.sender
    and month_no(known.known_until) >= answering.from_month
    and month_no(known.known_until) < answering.until_month
left join goals on goals.case_no = cases.case_no
left join consulted on consulted.case_no = cases.case_no
where cases.opened_on <= known.known_until and (cases.closed_on is null or cases.closed_on > known.known_until)
order by cases.area_code, cases.sender, cases.case_id
