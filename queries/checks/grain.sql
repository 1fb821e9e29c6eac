-- One row per grain: no mart holds a key twice.
select 'cases' as mart, area_code, period from marts.cases group by area_code, period having count(*) > 1
union all
select 'posts', area_code, period from marts.posts group by area_code, period having count(*) > 1
union all
select 'outcomes', area_code, period from marts.outcomes group by area_code, period having count(*) > 1
union all
select 'context', area_code, period from marts.context group by area_code, period having count(*) > 1
union all
select 'inhabitants', area_code, period from marts.inhabitants group by area_code, period having count(*) > 1
union all
select 'goals', area_code, period from marts.goals where goal_area = 'gesamt' group by area_code, period having count(*) > 1
union all
select 'funds', area_code, budget_year::varchar from marts.funds where programme = 'alle' group by area_code, budget_year having count(*) > 1
