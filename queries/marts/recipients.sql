-- What each recipient was granted itself, with its rank among the recipients of its level.
--
-- grain:   one row per recipient, budget year and programme (`alle` is every programme together)
-- amounts: planned_eur, applied_eur, approved_eur, paid_eur, used_eur, recovered_eur, own_share_eur, remainder_eur,
--          filled_vzae_mean, rank
-- unit:    booking (institutions, exact)
-- audience: public
with amounts as (
    select
        areas.area_code,
        areas.area_level,
        bookings.budget_year,
        case when grouping(bookings.programme) = 1 then 'alle' else bookings.programme end as programme,
        sum(amount_eur) filter (stage = 'Planungsrahmen')::decimal(18, 2) as planned_eur,
        sum(amount_eur) filter (stage = 'beantragt')::decimal(18, 2) as applied_eur,
        sum(amount_eur) filter (stage = 'bewilligt')::decimal(18, 2) as approved_eur,
        sum(amount_eur) filter (stage = 'ausgezahlt')::decimal(18, 2) as paid_eur,
        sum(amount_eur) filter (stage = 'verwendet')::decimal(18, 2) as used_eur,
        sum(amount_eur) filter (stage = 'zurückgefordert')::decimal(18, 2) as recovered_eur,
        sum(amount_eur) filter (stage = 'Eigenanteil')::decimal(18, 2) as own_share_eur,
        sum(counted_persons) filter (stage = 'Planungsrahmen')::bigint as counted_persons,
    from staging.bookings as bookings
    join staging.areas as areas on areas.area_code = bookings.area_code
    group by grouping sets (
        (areas.area_code, areas.area_level, bookings.budget_year, bookings.programme),
        (areas.area_code, areas.area_level, bookings.budget_year)
    )
),
posts as (
    -- A year that is not over has no mean of posts to divide by.
    select area_code, month_no // 12 as budget_year, sum(filled_vzae) / 12 as filled_vzae_mean
    from staging.posts
    where month_no // 12 in (select budget_year from staging.periods where period_grain = 'year')
    group by area_code, month_no // 12
)
select
    amounts.*,
    (paid_eur - used_eur)::decimal(18, 2) as remainder_eur,
    coalesce(used_eur, paid_eur)::decimal(18, 2) as spent_eur,
    posts.filled_vzae_mean::decimal(12, 2) as filled_vzae_mean,
    case
        when approved_eur is not null
            then rank() over (partition by area_level, amounts.budget_year, programme order by approved_eur desc nulls last)
    end as rank,
    count(approved_eur) over (partition by area_level, amounts.budget_year, programme) as ranked,
from amounts
left join posts on posts.area_code = amounts.area_code and posts.budget_year = amounts.budget_year
order by amounts.area_code, amounts.budget_year, amounts.programme
