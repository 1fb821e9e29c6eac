-- Money of several places side by side by budget year. `compare` may name several areas, with commas between them.
--
-- grain:    one row per area and budget year
-- reach:    chosen
-- params:   area_code, compare, programme
-- dimensions: budget_year
-- measures: funds_by_stage, use_rate
-- amounts:  approved_eur, paid_eur, used_eur
-- rates:    use_rate = used_eur / paid_eur
with beside as (
    select unnest(string_split(concat_ws(',', $area_code, $compare), ',')) as area_code
),
wanted as (
    select area_code, min(position) as position
    from (select area_code, row_number() over () as position from beside)
    group by area_code
)
select funds.area_code, funds.budget_year, funds.approved_eur, funds.paid_eur, funds.used_eur,
from wanted
join marts.funds as funds on funds.area_code = wanted.area_code
where funds.programme = $programme
order by wanted.position, funds.budget_year
