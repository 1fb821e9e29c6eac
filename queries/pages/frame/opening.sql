-- The quarter that an area opens with: the newest that is complete there; for the Land, of the last four that with
-- the most Kreise. A municipality opens with its own, like its Kreis; where nobody has delivered, with that of the Land.
--
-- grain:   one row per area asked for
-- reach:   register
-- params:  area_code
select period
from marts.opening
where area_code in ($area_code, $land)
order by case area_code when $area_code then 1 else 2 end
limit 1
