-- The quarter that each area opens with: of its last four known ones that with the most Kreise, the newest of
-- these. So one late Kreis opens the quarter before, and one that has never delivered holds nobody back.
--
-- grain:   one row per area with any known quarter
with quarters as (
    select
        base.area_code,
        base.period,
        base.kreise_known,
        periods.last_month,
        row_number() over (partition by base.area_code order by periods.last_month desc) as place,
    from staging.area_periods as base
    join staging.periods as periods on periods.period = base.period
    where base.is_known and base.period_grain = 'quarter'
),
ranked as (
    select
        area_code,
        period,
        row_number() over (partition by area_code order by kreise_known desc, last_month desc) as place,
    from quarters
    where place <= 4
)
select area_code, period
from ranked
where place = 1
