-- How many categories have the figure of their total, and how many shown pairs of these there are.
select
    count(*) filter (category.y = total.y),
    count(*),
from cells as category
join cells as total
    on total.what = 'cases.active_cases'
    and total.area = category.area
    and total.period = category.period
where
    category.what = 'people.active_cases'
    and category.y > 0
    and total.y > 0
