-- Goals of integration plans from the agreement on.
--
-- grain:   one row per goal
select
    cases.case_no,
    cases.area_code,
    -- Until when an open goal was observed; which periods are known says `staging.known`.
    goals.reporting_date as observed_until,
    cases.weight as person,
    goals.weight,
    goals.zielbereich as goal_area,
    goals.zielstatus as goal_status,
    goals.vereinbart_am as agreed_on,
    goals.abgeschlossen_am as decided_on,
    goals.frist as deadline_on,
    month_no(goals.vereinbart_am) as agreed_month,
    month_no(goals.abgeschlossen_am) as decided_month,
    cases.closed_month,
    answering.until_month as answered_until_month,
from deliveries.ziele as goals
join staging.cases as cases
    on cases.sender = goals.sender and cases.case_id = goals.fall_id
-- A goal is told of by whoever answered when it was agreed.
join staging.answering as answering
    on answering.area_code = cases.area_code
    and answering.sender = cases.sender
    and month_no(goals.vereinbart_am) >= answering.from_month
    and month_no(goals.vereinbart_am) < answering.until_month
where goals.vereinbart_am is not null and goals.zielstatus not in ('Neu', 'Vorgeschlagen')
