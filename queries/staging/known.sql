-- Until when a municipality is known, by subject: as long as its Kreis. Null where its Kreis is not.
--
-- grain:   one row per Gemeinde
select
    areas.area_code,
    kreise.kreis_code,
    kreise.cases_until as known_until,
    -- The first month whose end is not known.
    month_no(kreise.cases_until + 1) as unknown_month,
    kreise.closings_until,
    kreise.exits_until,
    kreise.reentries_until,
    kreise.plans_until,
    kreise.updates_until,
    kreise.language_until,
    kreise.work_until,
    kreise.housing_until,
    kreise.recognition_until,
    kreise.goals_until,
    kreise.deadlines_until,
    kreise.consultations_until,
    kreise.referrals_until,
from staging.areas as areas
join staging.areas_above as above on above.area_code = areas.area_code and above.above_level = 'kreis'
join staging.known_kreise as kreise on kreise.kreis_code = above.above_code
where areas.area_level = 'gemeinde'
