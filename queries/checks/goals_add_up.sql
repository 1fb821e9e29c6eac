-- Goals agreed are attained, missed or undecided; the themes add up to all goals, and from the Kreis upward the
-- goal areas do too.
select area_code, period, goal_area
from marts.goals
where agreed <> attained + missed + undecided or decided <> attained + missed
union all
select goals.area_code, goals.period, 'gesamt' as goal_area
from marts.goals as goals
join (select distinct counts_for, is_theme, is_area from staging.goal_areas) as kinds
    on kinds.counts_for = goals.goal_area
group by goals.area_code, goals.period
having
    sum(goals.agreed) filter (goals.goal_area = 'gesamt')
    <> sum(goals.agreed) filter (kinds.is_theme and goals.goal_area <> 'gesamt')
    or sum(goals.agreed) filter (goals.goal_area = 'gesamt')
    <> sum(goals.agreed) filter (kinds.is_area and is_from_kreis(goals.area_level))
