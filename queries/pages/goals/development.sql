-- First and latest observed value of the people counselled in one area, at the end of the quarter or
-- year chosen, or of the last quarter before the end of a month chosen.
--
-- grain:    one row per feature, first and latest value
-- params:   area_code, period
-- measures: development
-- counts:   persons
-- sorted:   persons desc
with chosen as (
    select periods.period
    from marts.periods as periods
    join marts.periods as wanted on wanted.period = $period
    where
        periods.period_grain = case wanted.period_grain when 'year' then 'year' else 'quarter' end
        and periods.period_end <= wanted.period_end
    order by periods.period_end desc
    limit 1
),
pairs as (
    -- Moves that are shown for the Land: a rarer one in the list would say that somebody made it.
    select feature, first_observed, latest_observed
    from marts.development
    where area_code = '08'
    group by feature, first_observed, latest_observed
)
select
    pairs.feature,
    chosen.period,
    pairs.first_observed,
    pairs.latest_observed,
    case when cases.active_cases is not null then coalesce(development.persons, 0) end as persons,
from chosen
join marts.cases as cases on cases.area_code = $area_code and cases.period = chosen.period
cross join pairs
left join marts.development as development
    on development.area_code = $area_code
    and development.period = chosen.period
    and development.feature = pairs.feature
    and development.first_observed = pairs.first_observed
    and development.latest_observed = pairs.latest_observed
order by pairs.feature, pairs.first_observed, pairs.latest_observed
