-- Goals agreed are attained, missed or undecided, and the goal areas add up to all goals.
select area_code, period, goal_area
from marts.goals
where agreed <> attained + missed + undecided or decided <> attained + missed
union all
select area_code, period, 'gesamt'
from marts.goals
group by area_code, period
having
    sum(agreed) filter (goal_area = 'gesamt') <> sum(agreed) filter (goal_area <> 'gesamt')
