-- Which inhabitants stand for each year, and for the newest quarter: from where, as of when, by which census.
--
-- grain:    one row per year, and the newest quarter
-- reach:    land
-- amounts:  inhabitants
select
    periods.period,
    inhabitants.source as inhabitants_source,
    inhabitants.counted_on as inhabitants_on,
    inhabitants.census as inhabitants_census,
    inhabitants.inhabitants,
from marts.periods as periods
cross join marts.edition as edition
left join marts.inhabitants as inhabitants
    on inhabitants.period = periods.period and inhabitants.area_code = $land
where periods.period_grain = 'year' or periods.period = edition.latest_quarter
order by periods.period_end desc
