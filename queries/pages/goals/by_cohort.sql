-- What has become of goals, by the period in which they were agreed, for the area and the comparison.
--
-- grain:    one row per area and cohort
-- params:   area_code, compare, period, goal_area
-- measures: goals_agreed, attainment, attainment_of_agreed
-- counts:   agreed of agreed_persons, attained of attained_persons, missed of missed_persons,
--           undecided of undecided_persons, decided of decided_persons
-- rates:    attainment = attained / decided, attainment_of_agreed = attained / agreed
with chosen as (
    select period_grain, period_end, period_end - case period_grain
        when 'year' then interval 20 year when 'quarter' then interval 4 year else interval 36 month
    end as window_start
    from marts.periods
    where period = $period
)
select
    goals.area_code,
    goals.period as cohort,
    periods.year_before,
    goals.agreed,
    goals.agreed_persons,
    goals.attained,
    goals.attained_persons,
    goals.missed,
    goals.missed_persons,
    goals.undecided,
    goals.undecided_persons,
    goals.decided,
    goals.decided_persons,
from chosen
join marts.periods as periods
    on periods.period_grain = chosen.period_grain
    and periods.period_end between chosen.window_start and chosen.period_end
join marts.goals as goals on goals.period = periods.period
where goals.area_code in ($area_code, $compare) and goals.goal_area = $goal_area
order by case goals.area_code when $area_code then 1 else 2 end, periods.period_end
