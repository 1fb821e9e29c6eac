-- To which services people of the area and of the comparison were referred in the period, by every service that is
-- shown for the Land in any period.
--
-- grain:    one row per area, breakdown and category
-- reach:    chosen
-- params:   area_code, compare, period
-- measures: referrals_by_service
-- counts:   referred, all_referrals
-- rates:    share = referred / all_referrals
-- sorted:   referred desc
with categories as (
    select breakdown, category
    from marts.referral_services
    where
        area_code = $land
        -- While the Land has no figures, those of any Kreis.
        or (
            area_level in ('regierungsbezirk', 'kreis')
            and not exists (select 1 from marts.referral_services where area_code = $land)
        )
        -- Whoever reads exact figures of a municipality alone sees no larger area.
        or not exists (select 1 from marts.referral_services where area_level in ('land', 'regierungsbezirk', 'kreis'))
    group by breakdown, category
)
select
    places.area_code,
    categories.breakdown,
    categories.category,
    coalesce(of_referrals.missing, '') as without,
    case when wholes.referrals is not null then coalesce(parts.referrals, 0) end as referred,
    wholes.referrals as all_referrals,
from marts.areas as places
cross join categories
left join marts.consultations as wholes on wholes.area_code = places.area_code and wholes.period = $period
left join marts.referral_services as parts
    on parts.area_code = places.area_code
    and parts.period = $period
    and parts.breakdown = categories.breakdown
    and parts.category = categories.category
left join marts.completeness as of_referrals
    on of_referrals.area_code = places.area_code
    and of_referrals.period = $period
    and of_referrals.subject = 'referrals'
where places.area_code in ($area_code, $compare)
order by case places.area_code when $area_code then 1 else 2 end, categories.breakdown, categories.category
