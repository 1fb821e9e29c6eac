-- Until when a column of the format is known in a Kreis: where every sender that answers for it delivers the
-- column. A column that is absent as a whole is unknown, never zero.
--
-- grain:   one row per Kreis, table and column
with senders as (
    select kreis_code, count(distinct sender) as senders
    from staging.responsible
    group by kreis_code
)
select
    responsible.kreis_code,
    present.table_name,
    present.column_name,
    min(least(responsible.known_until, present.reporting_date)) as known_until,
from staging.responsible as responsible
join reference.columns_present as present on present.sender = responsible.sender
join senders on senders.kreis_code = responsible.kreis_code
group by responsible.kreis_code, present.table_name, present.column_name, senders.senders
having count(distinct responsible.sender) = senders.senders
