-- What the people counselled in one area at the end of the period can do, by every competence that is shown for
-- the Land in any period. A person may have several, so the shares add up to more than all.
--
-- grain:    one row per competence
-- reach:    chosen
-- params:   area_code, period
-- measures: competences
-- counts:   persons, all_cases
-- rates:    competences = persons / all_cases
-- sorted:   persons desc
with skills as (
    select skill
    from marts.competences
    where
        area_code = $land
        -- While the Land has no figures, those of any Kreis.
        or (
            area_level in ('regierungsbezirk', 'kreis')
            and not exists (select 1 from marts.competences where area_code = $land)
        )
        -- Whoever reads exact figures of a municipality alone sees no larger area.
        or not exists (select 1 from marts.competences where area_level in ('land', 'regierungsbezirk', 'kreis'))
    group by skill
)
select
    'skill' as breakdown,
    skills.skill,
    coalesce(of_cases.missing, '') as without,
    case when cases.active_cases is not null then coalesce(competences.persons, 0) end as persons,
    cases.active_cases as all_cases,
from skills
cross join (select active_cases from marts.cases where area_code = $area_code and period = $period) as cases
left join marts.competences as competences
    on competences.area_code = $area_code
    and competences.period = $period
    and competences.skill = skills.skill
left join marts.completeness as of_cases
    on of_cases.area_code = $area_code and of_cases.period = $period and of_cases.subject = 'cases'
order by skills.skill
