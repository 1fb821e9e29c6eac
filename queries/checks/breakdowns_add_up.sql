-- Every breakdown of people adds up to the people counselled.
select people.area_code, people.period, people.breakdown, sum(people.active_cases) as of_its_categories, any_value(cases.active_cases) as active_cases
from marts.people as people
join marts.cases as cases using (area_code, period)
group by people.area_code, people.period, people.breakdown
having sum(people.active_cases) <> any_value(cases.active_cases)
