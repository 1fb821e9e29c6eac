-- What these figures rest on, in one row.
--
-- grain:   one row
-- audience: public
select
    now()::timestamp as built_at,
    (select max(reporting_date) from staging.deliveries) as as_of,
    (select count(*) from staging.deliveries) as senders,
    (select coalesce(bool_or(synthetic), false) from staging.deliveries) as synthetic,
    (select period from staging.periods where period_grain = 'quarter' order by last_month desc limit 1)
        as latest_quarter,
    (
        select coalesce(list(distinct left(area_code, 5) order by left(area_code, 5)), [])
        from staging.known
        where known_until < (select max(reporting_date) from staging.deliveries)
    ) as behind,
    (
        select coalesce(list(distinct left(area_code, 5) order by left(area_code, 5)), [])
        from staging.known
        where known_until is null
    ) as without_delivery,
