-- Cases that have ended: whether the same person began again within twelve months, with the same sender, by the
-- id of the earlier case. Whether somebody came back is known where the sender delivers that column.
--
-- grain:   one row per case that has ended
with returned as (
    select distinct earlier.case_no
    from staging.cases as earlier
    join staging.cases as later
        on later.sender = earlier.sender
        and later.earlier_case_id = earlier.case_id
        and later.case_no <> earlier.case_no
        and later.opened_on >= earlier.closed_on
        and later.opened_on <= earlier.closed_on + interval 12 month
)
select
    cases.case_no,
    cases.area_code,
    cases.closed_month,
    cases.end_reason,
    cases.left_independent,
    cases.weight,
    returned.case_no is not null as has_returned,
from staging.cases as cases
join staging.answering as answering
    on answering.area_code = cases.area_code
    and answering.sender = cases.sender
    and cases.closed_month >= answering.from_month
    and cases.closed_month < answering.until_month
left join returned on returned.case_no = cases.case_no
where cases.closed_month is not null
