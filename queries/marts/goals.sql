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
-- moving:  decided, attained, missed
-- unit:    goal
-- audience: public
with by_person as (
    select
        goals.area_code,
        periods.period,
        tree.counts_for as goal_area,
        goals.case_no,
        any_value(goals.person) as person,
        sum(weight) as agreed,
        sum(weight) filter (goals.goal_status = 'Ziel erreicht') as attained,
        sum(weight) filter (goals.goal_status = 'Ziel verfehlt') as missed,
        sum(weight) filter (goals.goal_status not in ('Ziel erreicht', 'Ziel verfehlt')) as undecided,
        -- Of a Kreis that is not known for twelve months more, none: it would have less time than the others.
        sum(weight) filter (
            goals.decided_on <= goals.agreed_on + interval 12 month and goals.goal_status = 'Ziel erreicht'
            and known.goals_until >= periods.period_end + interval 12 month
        ) as attained_in_12,
        sum(weight) filter (
            goals.decided_on <= goals.agreed_on + interval 12 month and goals.goal_status = 'Ziel verfehlt'
            and known.goals_until >= periods.period_end + interval 12 month
        ) as missed_in_12,
    from staging.goals as goals
    join staging.known as known on known.area_code = goals.area_code
    join staging.periods as periods
        on goals.agreed_month between periods.first_month and periods.last_month
        and known.goals_until >= periods.period_end
    join staging.goal_areas as tree on tree.goal_area = goals.goal_area
    group by goals.area_code, periods.period, goals.case_no, tree.counts_for
),
by_gemeinde as (
    select
        area_code,
        period,
        goal_area,
        sum(agreed) as agreed,
        sum(person) as agreed_persons,
        coalesce(sum(attained), 0) + coalesce(sum(missed), 0) as decided,
        sum(person) filter (attained > 0 or missed > 0) as decided_persons,
        sum(attained) as attained,
        sum(person) filter (attained > 0) as attained_persons,
        sum(missed) as missed,
        sum(person) filter (missed > 0) as missed_persons,
        sum(undecided) as undecided,
        sum(person) filter (undecided > 0) as undecided_persons,
        coalesce(sum(attained_in_12), 0) + coalesce(sum(missed_in_12), 0) as decided_in_12,
        sum(person) filter (attained_in_12 > 0 or missed_in_12 > 0) as decided_in_12_persons,
        sum(attained_in_12) as attained_in_12,
        sum(person) filter (attained_in_12 > 0) as attained_in_12_persons,
        sum(missed_in_12) as missed_in_12,
        sum(person) filter (missed_in_12 > 0) as missed_in_12_persons,
    from by_person
    group by area_code, period, goal_area
),
by_area as (
    select
        tree.area_code,
        by_gemeinde.period,
        by_gemeinde.goal_area,
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
        sum(decided_in_12) as decided_in_12,
        sum(decided_in_12_persons) as decided_in_12_persons,
        sum(attained_in_12) as attained_in_12,
        sum(attained_in_12_persons) as attained_in_12_persons,
        sum(missed_in_12) as missed_in_12,
        sum(missed_in_12_persons) as missed_in_12_persons,
    from by_gemeinde
    join staging.tree as tree on tree.part_code = by_gemeinde.area_code
    group by tree.area_code, by_gemeinde.period, by_gemeinde.goal_area
),
goal_areas as (
    select distinct counts_for as goal_area, is_theme
    from staging.goal_areas
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
join goal_areas on goal_areas.is_theme or base.area_level in ('land', 'regierungsbezirk', 'kreis')
left join by_area
    on by_area.area_code = base.area_code
    and by_area.period = base.period
    and by_area.goal_area = goal_areas.goal_area
where base.is_known_goals
