-- What has become of goals by goal area. The cohort is the same period one year earlier: its goals have
-- had a year.
--
-- grain:    one row per goal area
-- params:   area_code, period
-- measures: goals_agreed, attainment, attainment_of_agreed
-- counts:   agreed of agreed_persons, attained of attained_persons, missed of missed_persons,
--           undecided of undecided_persons, decided of decided_persons
-- rates:    attainment = attained / decided, attainment_of_agreed = attained / agreed
-- sorted:   agreed desc
select
    goals.area_code,
    goals.goal_area,
    goals.period as cohort,
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
from marts.periods as periods
join marts.goals as goals on goals.period = periods.year_before and goals.area_code = $area_code
where periods.period = $period
order by goals.goal_area
