-- What becomes of goals, by the period of their agreement (cohort) and by goal area, as known at the
-- reporting date, and what had become of them twelve months after the agreement, null for cohorts that are
-- younger. `gesamt` is every goal area together, a theme several of them; places smaller than a Kreis have
-- themes only. Persons are counted once per row.
--
-- grain:   one row per area, period and goal area or theme, where goals are known
-- key:     area_code, period, goal_area
-- counts:  agreed of agreed_persons, decided of decided_persons, attained of attained_persons,
--          decided_in_12 of decided_in_12_persons, attained_in_12 of attained_in_12_persons
-- gates:   missed of missed_persons, missed_in_12 of missed_in_12_persons
-- inside:  undecided of undecided_persons
-- flows:   all
-- parts:   attained of decided beside missed, attained of agreed,
--          attained_in_12 of decided_in_12 beside missed_in_12, attained_in_12 of agreed
-- within:  decided of agreed, decided_in_12 of agreed
-- bands:   attained, attained_in_12
-- total:   goal_area = gesamt
-- tree:    goal_area
-- above:   decided over decided_in_12, attained over attained_in_12
-- moving:  decided, attained, missed
-- unit:    goal
-- audience: public
-- By number, as the texts of periods and goal areas are long to compare: each goal counts in some fifteen cells.
with numbered_periods as (
    select period, period_end, first_month, last_month, row_number() over (order by period) as period_no
    from staging.periods
),
numbered_areas as (
    select counts_for as goal_area, row_number() over (order by counts_for) as goal_area_no
    from staging.goal_areas
    group by counts_for
),
tree as (
    select staging_tree.goal_area, numbered_areas.goal_area_no
    from staging.goal_areas as staging_tree
    join numbered_areas on numbered_areas.goal_area = staging_tree.counts_for
),
of_goals as (
    select
        goals.area_code,
        goals.case_no,
        goals.person,
        goals.agreed_month,
        tree.goal_area_no,
        known.goals_until,
        goals.weight,
        case when goals.goal_status = 'Ziel erreicht' then goals.weight end as attained,
        case when goals.goal_status = 'Ziel verfehlt' then goals.weight end as missed,
        case
            when goals.goal_status = 'Ziel erreicht' and goals.decided_on <= goals.agreed_on + interval 12 month
                then goals.weight
        end as attained_in_12,
        case
            when goals.goal_status = 'Ziel verfehlt' and goals.decided_on <= goals.agreed_on + interval 12 month
                then goals.weight
        end as missed_in_12,
    from staging.goals as goals
    join staging.known as known on known.area_code = goals.area_code
    join tree on tree.goal_area = goals.goal_area
),
months as (
    select months.agreed_month, periods.period_no, periods.period_end
    from (select distinct agreed_month from staging.goals) as months
    join numbered_periods as periods
        on months.agreed_month between periods.first_month and periods.last_month
),
by_person as (
    select
        months.period_no,
        goals.goal_area_no,
        goals.case_no,
        any_value(goals.area_code) as area_code,
        any_value(goals.person) as person,
        sum(goals.weight) as agreed,
        sum(goals.attained) as attained,
        sum(goals.missed) as missed,
        sum(goals.attained_in_12) as attained_in_12,
        sum(goals.missed_in_12) as missed_in_12,
    from of_goals as goals
    join months on months.agreed_month = goals.agreed_month and goals.goals_until >= months.period_end
    group by months.period_no, goals.goal_area_no, goals.case_no
),
by_gemeinde as (
    select
        by_person.area_code,
        period_no,
        goal_area_no,
        sum(agreed) as agreed,
        sum(person) as agreed_persons,
        coalesce(sum(attained), 0) + coalesce(sum(missed), 0) as decided,
        sum(person) filter (attained > 0 or missed > 0) as decided_persons,
        sum(attained) as attained,
        sum(person) filter (attained > 0) as attained_persons,
        sum(missed) as missed,
        sum(person) filter (missed > 0) as missed_persons,
        sum(agreed) - coalesce(sum(attained), 0) - coalesce(sum(missed), 0) as undecided,
        sum(person) filter (agreed > coalesce(attained, 0) + coalesce(missed, 0)) as undecided_persons,
        coalesce(sum(attained_in_12), 0) + coalesce(sum(missed_in_12), 0) as decided_in_12,
        sum(person) filter (attained_in_12 > 0 or missed_in_12 > 0) as decided_in_12_persons,
        sum(attained_in_12) as attained_in_12,
        sum(person) filter (attained_in_12 > 0) as attained_in_12_persons,
        sum(missed_in_12) as missed_in_12,
        sum(person) filter (missed_in_12 > 0) as missed_in_12_persons,
    from by_person
    group by by_person.area_code, period_no, goal_area_no
),
by_area as (
    select
        tree.area_code,
        by_gemeinde.period_no,
        by_gemeinde.goal_area_no,
        sum(agreed) as agreed,
        sum(agreed_persons) as agreed_persons,
        sum(decided) as decided,
        sum(decided_persons) as decided_persons,
        sum(attained) as attained,
        sum(attained_persons) as attained_persons,
        sum(missed) as missed,
        sum(missed_persons) as missed_persons,
        sum(undecided) as undecided,
        sum(undecided_persons) as undecided_persons,
        -- Of a Kreis that is not known for twelve months more, none: it would have less time than the others.
        sum(decided_in_12) filter (known.goals_until >= periods.period_end + interval 12 month) as decided_in_12,
        sum(decided_in_12_persons) filter (known.goals_until >= periods.period_end + interval 12 month) as decided_in_12_persons,
        sum(attained_in_12) filter (known.goals_until >= periods.period_end + interval 12 month) as attained_in_12,
        sum(attained_in_12_persons) filter (known.goals_until >= periods.period_end + interval 12 month) as attained_in_12_persons,
        sum(missed_in_12) filter (known.goals_until >= periods.period_end + interval 12 month) as missed_in_12,
        sum(missed_in_12_persons) filter (known.goals_until >= periods.period_end + interval 12 month) as missed_in_12_persons,
    from by_gemeinde
    join staging.tree as tree on tree.part_code = by_gemeinde.area_code
    join staging.known as known on known.area_code = by_gemeinde.area_code
    join numbered_periods as periods on periods.period_no = by_gemeinde.period_no
    group by tree.area_code, by_gemeinde.period_no, by_gemeinde.goal_area_no
),
goal_areas as (
    select distinct staging_areas.counts_for as goal_area, staging_areas.is_theme, numbered_areas.goal_area_no
    from staging.goal_areas as staging_areas
    join numbered_areas on numbered_areas.goal_area = staging_areas.counts_for
)
select
    base.area_code,
    base.area_level,
    base.period,
    base.period_grain,
    goal_areas.goal_area,
    counted(coalesce(agreed, 0)) as agreed,
    counted(coalesce(agreed_persons, 0)) as agreed_persons,
    counted(coalesce(decided, 0)) as decided,
    counted(coalesce(decided_persons, 0)) as decided_persons,
    counted(coalesce(attained, 0)) as attained,
    counted(coalesce(attained_persons, 0)) as attained_persons,
    counted(coalesce(missed, 0)) as missed,
    counted(coalesce(missed_persons, 0)) as missed_persons,
    counted(coalesce(undecided, 0)) as undecided,
    counted(coalesce(undecided_persons, 0)) as undecided_persons,
    counted(case when base.is_known_goals_in_12 then coalesce(decided_in_12, 0) end) as decided_in_12,
    counted(case when base.is_known_goals_in_12 then coalesce(decided_in_12_persons, 0) end) as decided_in_12_persons,
    counted(case when base.is_known_goals_in_12 then coalesce(attained_in_12, 0) end) as attained_in_12,
    counted(case when base.is_known_goals_in_12 then coalesce(attained_in_12_persons, 0) end) as attained_in_12_persons,
    counted(case when base.is_known_goals_in_12 then coalesce(missed_in_12, 0) end) as missed_in_12,
    counted(case when base.is_known_goals_in_12 then coalesce(missed_in_12_persons, 0) end) as missed_in_12_persons,
    -- Bands are worked out for a release: exact figures need none.
    0::tinyint as attained_band,
    0::tinyint as attained_in_12_band,
from staging.area_periods as base
join numbered_periods on numbered_periods.period = base.period
join goal_areas on goal_areas.is_theme or is_from_kreis(base.area_level)
left join by_area
    on by_area.area_code = base.area_code
    and by_area.period_no = numbered_periods.period_no
    and by_area.goal_area_no = goal_areas.goal_area_no
where base.is_known_goals
