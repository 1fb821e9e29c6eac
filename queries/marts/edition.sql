-- What these figures rest on, in one row.
--
-- grain:   one row
-- audience: public
select
    now()::timestamp as built_at,
    (select max(reporting_date) from staging.deliveries) as as_of,
    (select count(*) from staging.deliveries) as senders,
    (select coalesce(bool_or(synthetic), false) from staging.deliveries) as synthetic,
    (select coalesce(bool_and(synthetic), false) from staging.deliveries) as only_synthetic,
    -- The newest quarter that is complete for the whole Land, so that sums and changes are of all of it. One
    -- Kreis that is more than a year behind holds nobody up.
    coalesce(
        (
            select arg_max(base.period, periods.last_month)
            from staging.area_periods as base
            join staging.periods as periods using (period)
            where
                base.area_code = '08'
                and base.is_complete
                and base.period_grain = 'quarter'
                and periods.last_month > (select max(last_month) from staging.periods) - 12
        ),
        (select arg_max(period, last_month) from staging.periods where period_grain = 'quarter')
    ) as latest_quarter,
    (
        select coalesce(list(distinct kreis_code order by kreis_code), [])
        from staging.known
        where known_until < (select max(reporting_date) from staging.deliveries)
    ) as behind,
    (
        select coalesce(list(distinct kreis_code order by kreis_code), [])
        from staging.known
        where known_until is null
    ) as without_delivery,
