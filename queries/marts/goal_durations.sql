-- Time to goal in groups of three months: goals still observed and open at the start of a group, and
-- attained, or ended (attained or missed) within it. Every cohort together; open goals are observed until the reporting date.
--
-- grain:   one row per area, goal area or theme (and `gesamt`) and group of months; below the
--          Kreise one alone where goals are unknown
-- key:     area_code, goal_area, months
-- levels:  land, regierungsbezirk, kreis
-- counts:  at_risk of at_risk_persons, attained of attained_persons, ended of ended_persons
-- gates:   missed of missed_persons
-- parts:   attained of at_risk, ended of at_risk, attained of ended beside missed
-- total:   goal_area = gesamt
-- tree:    goal_area
-- falls:   at_risk by months
-- moving:  all
-- unit:    goal
-- audience: public
with durations as (
    select
        area_code,
        tree.counts_for as goal_area,
        case_no,
        person,
        weight,
        goal_status = 'Ziel erreicht' as is_attained,
        goal_status = 'Ziel verfehlt' as is_missed,
        whole_months(agreed_on, coalesce(decided_on, observed_until)) // 3 as month_group,
    from staging.goals as goals
    join staging.goal_areas as tree on tree.goal_area = goals.goal_area
    where goals.area_code in (select area_code from staging.known where goals_until is not null)
),
by_person as (
    select
        area_code,
        goal_area,
        month_group,
        case_no,
        any_value(person) as person,
        sum(weight) as goals,
        sum(weight) filter (is_attained) as attained,
        sum(weight) filter (is_missed) as missed,
    from durations
    group by area_code, goal_area, month_group, case_no
),
-- A person is at risk in every group up to the longest of her goals.
longest as (
    select area_code, goal_area, case_no, any_value(person) as person, max(month_group) as month_group
    from by_person
    group by area_code, goal_area, case_no
),
ended as (
    select
        area_code,
        goal_area,
        month_group,
        sum(goals) as goals,
        sum(attained) as attained,
        sum(person) filter (attained > 0) as attained_persons,
        sum(missed) as missed,
        sum(person) filter (missed > 0) as missed_persons,
        coalesce(sum(attained), 0) + coalesce(sum(missed), 0) as ended,
        sum(person) filter (attained > 0 or missed > 0) as ended_persons,
    from by_person
    group by area_code, goal_area, month_group
),
persons_ended as (
    select area_code, goal_area, month_group, sum(person) as persons
    from longest
    group by area_code, goal_area, month_group
),
by_area as (
    select
        tree.area_code,
        ended.goal_area,
        ended.month_group,
        sum(ended.goals) as goals,
        sum(ended.attained) as attained,
        sum(ended.attained_persons) as attained_persons,
        sum(ended.missed) as missed,
        sum(ended.missed_persons) as missed_persons,
        sum(ended.ended) as ended,
        sum(ended.ended_persons) as ended_persons,
        sum(coalesce(persons, 0)) as persons,
    from ended
    left join persons_ended
        on persons_ended.area_code = ended.area_code
        and persons_ended.goal_area = ended.goal_area
        and persons_ended.month_group = ended.month_group
    join staging.tree as tree on tree.part_code = ended.area_code
    group by tree.area_code, ended.goal_area, ended.month_group
),
at_risk as (
    select
        area_code,
        goal_area,
        month_groups.month_group,
        sum(goals) as goals,
        sum(persons) as persons,
    from by_area
    join (select unnest(range(0, 20)) as month_group) as month_groups
        on by_area.month_group >= month_groups.month_group
    group by by_area.area_code, by_area.goal_area, month_groups.month_group
),
-- Every area and goal area has its rows: a missing one would tell none from few. Of a place below the Kreise where
-- nobody has delivered goals the first row says so; most places of a store of one office are such.
groups as (
    select base.area_code, base.is_known, goal_areas.goal_area, month_groups.month_group
    from (
        select area_code, area_level, bool_or(is_known_goals) as is_known
        from staging.area_periods
        group by area_code, area_level
    ) as base
    cross join (select distinct counts_for as goal_area from staging.goal_areas) as goal_areas
    cross join (select unnest(range(0, 20)) as month_group) as month_groups
    where base.is_known or is_from_kreis(base.area_level) or month_groups.month_group = 0
)
select
    groups.area_code,
    groups.goal_area,
    (groups.month_group + 1) * 3 as months,
    counted(case when is_known then coalesce(at_risk.goals, 0) end) as at_risk,
    counted(case when is_known then coalesce(at_risk.persons, 0) end) as at_risk_persons,
    counted(case when is_known then coalesce(attained, 0) end) as attained,
    counted(case when is_known then coalesce(attained_persons, 0) end) as attained_persons,
    counted(case when is_known then coalesce(missed, 0) end) as missed,
    counted(case when is_known then coalesce(missed_persons, 0) end) as missed_persons,
    counted(case when is_known then coalesce(ended, 0) end) as ended,
    counted(case when is_known then coalesce(ended_persons, 0) end) as ended_persons,
from groups
left join at_risk
    on at_risk.area_code = groups.area_code
    and at_risk.goal_area = groups.goal_area
    and at_risk.month_group = groups.month_group
left join by_area
    on by_area.area_code = groups.area_code
    and by_area.goal_area = groups.goal_area
    and by_area.month_group = groups.month_group
