-- Posts needed, approved and filled in every area of one level at the end of the period, those first that lack most.
--
-- grain:    one row per area
-- reach:    level
-- params:   level, period
-- measures: needed_vzae, approved_vzae, short_vzae, filled_vzae, caseload
-- counts:   active_cases
-- amounts:  approved_vzae, filled_vzae
-- rates:    needed_vzae = active_cases / 80, caseload = active_cases / filled_vzae
-- balances: short_vzae = needed_vzae - approved_vzae
-- sorted:   short_vzae desc
select
    cases.area_code,
    cases.active_cases,
    posts.approved_vzae,
    posts.filled_vzae,
from marts.cases as cases
left join marts.posts as posts on posts.area_code = cases.area_code and posts.period = cases.period
where cases.area_level = $level and cases.period = $period
order by cases.area_code
