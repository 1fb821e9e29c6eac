-- Every area in every period: what is known there, by subject. A Kreis and whatever lies in it is known where
-- its deliveries reach that far; an area above is the sum of its Kreise that are known, and known itself where
-- at least half of its inhabitants live in them: less is no figure of the whole. Which Kreise are missing
-- says `marts.completeness`.
--
-- A mart takes the flag of what it counts: `case when base.is_known_goals then coalesce(agreed, 0) end`, and adds
-- up no municipality that is not known itself (`staging.known`, `goals_until >= period_end`).
--
-- grain:   one row per area and period
with made_of as (
    -- An area with the Kreise that it consists of, or with the one that it lies in.
    select area_code, area_level, part_code as kreis_code
    from staging.tree
    where part_level = 'kreis'
    union
    select area_code, area_level, above_code as kreis_code
    from staging.areas_above
    where above_level = 'kreis'
)
select
    made_of.area_code,
    made_of.area_level,
    kreise.period,
    kreise.period_grain,
    -- The cases: what most tables ask for.
    2 * sum(case when kreise.cases then kreise.population else 0 end) >= sum(kreise.population) as is_known,
    min(case when kreise.cases then 1 else 0 end) = 1 as is_complete,
    sum(case when kreise.cases then 1 else 0 end) as kreise_known,
    2 * sum(case when kreise.closings then kreise.population else 0 end) >= sum(kreise.population) as is_known_closings,
    2 * sum(case when kreise.exits then kreise.population else 0 end) >= sum(kreise.population) as is_known_exits,
    2 * sum(case when kreise.reentries then kreise.population else 0 end) >= sum(kreise.population) as is_known_reentries,
    2 * sum(case when kreise.plans then kreise.population else 0 end) >= sum(kreise.population) as is_known_plans,
    2 * sum(case when kreise.updates then kreise.population else 0 end) >= sum(kreise.population) as is_known_updates,
    2 * sum(case when kreise.language then kreise.population else 0 end) >= sum(kreise.population) as is_known_language,
    2 * sum(case when kreise.work then kreise.population else 0 end) >= sum(kreise.population) as is_known_work,
    2 * sum(case when kreise.housing then kreise.population else 0 end) >= sum(kreise.population) as is_known_housing,
    2 * sum(case when kreise.recognition then kreise.population else 0 end) >= sum(kreise.population) as is_known_recognition,
    2 * sum(case when kreise.goals then kreise.population else 0 end) >= sum(kreise.population) as is_known_goals,
    2 * sum(case when kreise.deadlines then kreise.population else 0 end) >= sum(kreise.population) as is_known_deadlines,
    2 * sum(case when kreise.consultations then kreise.population else 0 end) >= sum(kreise.population) as is_known_consultations,
    2 * sum(case when kreise.referrals then kreise.population else 0 end) >= sum(kreise.population) as is_known_referrals,
    2 * sum(case when kreise.goals_in_12 then kreise.population else 0 end) >= sum(kreise.population) as is_known_goals_in_12,
    2 * sum(case when kreise.posts then kreise.population else 0 end) >= sum(kreise.population) as is_known_posts,
from made_of
join staging.kreis_periods as kreise on kreise.kreis_code = made_of.kreis_code
group by made_of.area_code, made_of.area_level, kreise.period, kreise.period_grain
