-- The quarter that every area opens with: the newest that is complete there; for the Land, of the last four that with
-- the most Kreise. A municipality opens with its own, like its Kreis; one without a row, where nobody has delivered,
-- with that of the Land. All at once: to plan one question for each place that is opened took as long as its answer.
--
-- grain:   one row per area with any known quarter
-- reach:   register
select area_code, period
from marts.opening
order by area_code
