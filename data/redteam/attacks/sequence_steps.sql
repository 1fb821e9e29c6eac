-- The steps of a cumulative series: who is still at risk three months after those of `shorter` were.
select
    shorter.y - longer.y as step,
    shorter.n - longer.n as n,
from cells as longer
join cells as shorter
    on longer.what = shorter.what
    and longer.area = shorter.area
    and longer.label = shorter.label
    and try_cast(longer.sub as int) = try_cast(shorter.sub as int) + 3
where
    longer.what in ('goal_durations.at_risk', 'goal_durations.at_risk_persons')
    and longer.y > 0
    and shorter.y > 0
