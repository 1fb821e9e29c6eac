-- The municipalities of a Kreis, the Kreise of a Regierungsbezirk and so on add up to the area above.
select parent.area_code, parent.period, parent.active_cases, sum(child.active_cases) as of_its_parts
from marts.cases as parent
join marts.areas as areas on areas.parent_code = parent.area_code
join marts.cases as child on child.area_code = areas.area_code and child.period = parent.period
group by all
having parent.active_cases <> sum(child.active_cases)
