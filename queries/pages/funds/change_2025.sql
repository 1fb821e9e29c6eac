-- The planning frame of every Kreis in 2025 against the Kreis and its municipalities together in 2024.
--
-- grain:    one row per Kreis
-- reach:    level
-- measures: change_2025
-- amounts:  planned_2024_eur, planned_2025_eur, difference_eur
-- rates:    change_2025 = difference_eur / planned_2024_eur
-- sorted:   change_2025 asc
select
    areas.area_code,
    before.planned_eur as planned_2024_eur,
    after.planned_eur as planned_2025_eur,
    after.planned_eur - before.planned_eur as difference_eur,
from marts.areas as areas
left join marts.funds as before
    on before.area_code = areas.area_code
    and before.budget_year = 2024
    and before.programme = $main_programme
left join marts.funds as after
    on after.area_code = areas.area_code
    and after.budget_year = 2025
    and after.programme = $main_programme
where areas.area_level = 'kreis'
order by areas.area_code
