-- Until when a Kreis is known, by subject: the oldest date of the senders that answer for it, the same for all
-- of it. Null: one of them has never delivered what the subject needs, or nobody answers for the Kreis.
--
-- grain:   one row per Kreis
with answering as (
    select
        responsible.kreis_code,
        responsible.known_until as cases_until,
        -- A sender that is to answer and has not delivered knows nothing from that day on; before, another answered.
        case when delivered.sender is null then responsible.known_until else delivered.closings_until end as closings_until,
        case when delivered.sender is null then responsible.known_until else delivered.exits_until end as exits_until,
        case when delivered.sender is null then responsible.known_until else delivered.reentries_until end as reentries_until,
        case when delivered.sender is null then responsible.known_until else delivered.plans_until end as plans_until,
        case when delivered.sender is null then responsible.known_until else delivered.updates_until end as updates_until,
        case when delivered.sender is null then responsible.known_until else delivered.language_until end as language_until,
        case when delivered.sender is null then responsible.known_until else delivered.work_until end as work_until,
        case when delivered.sender is null then responsible.known_until else delivered.housing_until end as housing_until,
        case when delivered.sender is null then responsible.known_until else delivered.recognition_until end as recognition_until,
        case when delivered.sender is null then responsible.known_until else delivered.goals_until end as goals_until,
        case when delivered.sender is null then responsible.known_until else delivered.deadlines_until end as deadlines_until,
        case when delivered.sender is null then responsible.known_until else delivered.consultations_until end as consultations_until,
        case when delivered.sender is null then responsible.known_until else delivered.referrals_until end as referrals_until,
    from staging.responsible as responsible
    left join staging.delivered as delivered on delivered.sender = responsible.sender
),
by_kreis as (
    select
        kreis_code,
        min(cases_until) as cases_until,
        case when count(closings_until) = count(*) then min(closings_until) end as closings_until,
        case when count(exits_until) = count(*) then min(exits_until) end as exits_until,
        case when count(reentries_until) = count(*) then min(reentries_until) end as reentries_until,
        case when count(plans_until) = count(*) then min(plans_until) end as plans_until,
        case when count(updates_until) = count(*) then min(updates_until) end as updates_until,
        case when count(language_until) = count(*) then min(language_until) end as language_until,
        case when count(work_until) = count(*) then min(work_until) end as work_until,
        case when count(housing_until) = count(*) then min(housing_until) end as housing_until,
        case when count(recognition_until) = count(*) then min(recognition_until) end as recognition_until,
        case when count(goals_until) = count(*) then min(goals_until) end as goals_until,
        case when count(deadlines_until) = count(*) then min(deadlines_until) end as deadlines_until,
        case when count(consultations_until) = count(*) then min(consultations_until) end as consultations_until,
        case when count(referrals_until) = count(*) then min(referrals_until) end as referrals_until,
    from answering
    group by kreis_code
),
-- How much of the Land a Kreis is: by the newest official list that is whole, else by the register.
newest_list as (
    select max(counted_on) as counted_on
    from staging.listed_inhabitants
    where area_level = 'land'
)
select
    areas.area_code as kreis_code,
    coalesce(listed.inhabitants, areas.population) as population,
    by_kreis.cases_until,
    by_kreis.closings_until,
    by_kreis.exits_until,
    by_kreis.reentries_until,
    by_kreis.plans_until,
    by_kreis.updates_until,
    by_kreis.language_until,
    by_kreis.work_until,
    by_kreis.housing_until,
    by_kreis.recognition_until,
    by_kreis.goals_until,
    by_kreis.deadlines_until,
    by_kreis.consultations_until,
    by_kreis.referrals_until,
from staging.areas as areas
left join by_kreis on by_kreis.kreis_code = areas.area_code
cross join newest_list
left join staging.listed_inhabitants as listed
    on listed.area_code = areas.area_code and listed.counted_on = newest_list.counted_on
where areas.area_level = 'kreis'
