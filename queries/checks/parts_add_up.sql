-- The municipalities of a Kreis, the Kreise of a Regierungsbezirk and so on add up to the area above. An area
-- above the Kreise of which less than half is known has no figure of its own, though the Land counts its Kreise.
select
    parent.area_code,
    parent.period,
    max(parent.active_cases) as active_cases,
    sum(child.active_cases) as of_its_parts,
from marts.cases as parent
join marts.areas as areas on areas.parent_code = parent.area_code
join marts.cases as child on child.area_code = areas.area_code and child.period = parent.period
group by parent.area_code, parent.period
having
    max(parent.active_cases) <> sum(child.active_cases)
    and max(case when is_above_kreis(child.area_level) and child.active_cases is null then 1 else 0 end) = 0
