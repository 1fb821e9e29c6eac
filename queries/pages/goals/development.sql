-- First and latest observed value of the people counselled in one area, at the end of the quarter or
-- year chosen, or of the last quarter before the end of a month chosen.
--
-- grain:    one row per feature, first and latest value
-- reach:    chosen
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
    -- Moves that are shown for the Land (for any Kreis, while the Land has no figures): a rarer one in the list
    -- would say that somebody made it.
    select feature, first_observed, latest_observed
    from marts.development
    where
        area_code = $land
        or (
            area_level in ('regierungsbezirk', 'kreis')
            and not exists (select 1 from marts.development where area_code = $land)
        )
        -- Whoever reads exact figures of a municipality alone sees no larger area.
        or not exists (select 1 from marts.development where area_level in ('land', 'regierungsbezirk', 'kreis'))
    group by feature, first_observed, latest_observed
)
select
    pairs.feature,
    chosen.period,
    coalesce(completeness.missing, '') as without,
    pairs.first_observed,
    pairs.latest_observed,
    case
        when
            case pairs.feature
                when 'sprachniveau' then outcomes.language_known
                when 'beschaeftigung' then outcomes.work_known
                else outcomes.housing_known
            end is not null
            then coalesce(development.persons, 0)
    end as persons,
from chosen
left join marts.outcomes as outcomes on outcomes.area_code = $area_code and outcomes.period = chosen.period
cross join pairs
left join marts.development as development
    on development.area_code = $area_code
    and development.period = chosen.period
    and development.feature = pairs.feature
    and development.first_observed = pairs.first_observed
    and development.latest_observed = pairs.latest_observed
left join marts.completeness as completeness
    on completeness.area_code = $area_code
    and completeness.period = chosen.period
    and completeness.subject
    = case pairs.feature when 'sprachniveau' then 'language' when 'beschaeftigung' then 'work' else 'housing' end
order by pairs.feature, pairs.first_observed, pairs.latest_observed
