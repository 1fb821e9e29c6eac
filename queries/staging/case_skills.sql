-- The competences of each case; a person may have several. Nothing recorded is a category of its own.
--
-- grain:   one row per case and competence
select case_no, unnest(string_split(coalesce(skills, 'Ohne Angabe'), ',')) as skill
from staging.cases
