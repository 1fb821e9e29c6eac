-- Recipients of one level in the budget year of the period, ranked by the amount approved. Posts are those of the
-- Integrationsmanagement itself: money of another programme, or of all together, is not divided by them.
--
-- grain:    one row per recipient
-- reach:    land
-- params:   level, period, programme
-- dimensions: budget_year
-- measures: rank, funds_by_stage, own_share, drawdown, remainder, eur_per_post
-- amounts:  planned_eur, applied_eur, approved_eur, paid_eur, used_eur, recovered_eur, own_share_eur, remainder_eur, spent_eur, filled_vzae_mean,
--           counted_persons, rank, ranked, tied
-- rates:    drawdown = paid_eur / approved_eur, eur_per_post = spent_eur / filled_vzae_mean
-- sorted:   rank asc
select
    recipients.rank,
    recipients.area_code,
    recipients.budget_year,
    recipients.planned_eur,
    recipients.applied_eur,
    recipients.approved_eur,
    recipients.paid_eur,
    recipients.used_eur,
    recipients.recovered_eur,
    recipients.own_share_eur,
    recipients.remainder_eur,
    recipients.spent_eur,
    recipients.counted_persons,
    case when $programme = $main_programme then recipients.filled_vzae_mean end as filled_vzae_mean,
    recipients.ranked,
    -- How many others were granted as much.
    count(*) over (partition by recipients.rank) - 1 as tied,
from marts.recipients as recipients
join marts.periods as periods on periods.period = $period and periods.budget_year = recipients.budget_year
where recipients.area_level = $level and recipients.programme = $programme
order by recipients.rank nulls last, recipients.area_code
