-- Funds by stage and budget year, for the area, the comparison and the Land. Posts and people are those of the
-- Integrationsmanagement itself: money of another programme, or of all together, is not divided by them.
--
-- grain:    one row per area and budget year
-- reach:    chosen
-- params:   area_code, compare, programme
-- dimensions: budget_year, year_before
-- measures: funds_by_stage, drawdown, use_rate, remainder, own_share, eur_per_post, eur_per_case
-- counts:   active_cases
-- amounts:  planned_eur, applied_eur, approved_eur, paid_eur, used_eur, recovered_eur, own_share_eur,
--           remainder_eur, spent_eur, filled_vzae_mean
-- rates:    drawdown = paid_eur / approved_eur, use_rate = used_eur / paid_eur,
--           eur_per_post = spent_eur / filled_vzae_mean, eur_per_case = spent_eur / active_cases,
--           applied_share = applied_eur / planned_eur, approved_share = approved_eur / planned_eur,
--           paid_share = paid_eur / planned_eur, used_share = used_eur / planned_eur
select
    funds.area_code,
    funds.budget_year,
    funds.budget_year - 1 as year_before,
    funds.planned_eur,
    funds.applied_eur,
    funds.approved_eur,
    funds.paid_eur,
    funds.used_eur,
    funds.recovered_eur,
    funds.own_share_eur,
    funds.remainder_eur,
    coalesce(funds.used_eur, funds.paid_eur) as spent_eur,
    case when $programme = $main_programme then posts.filled_vzae_mean end as filled_vzae_mean,
    case when $programme = $main_programme then cases.active_cases end as active_cases,
from marts.funds as funds
left join marts.posts as posts
    on posts.area_code = funds.area_code and posts.period = funds.budget_year::varchar
left join marts.cases as cases
    on cases.area_code = funds.area_code and cases.period = funds.budget_year::varchar
where funds.area_code in ($area_code, $compare, $land) and funds.programme = $programme
order by
    case funds.area_code when $area_code then 1 when $compare then 2 else 3 end,
    funds.budget_year
