-- Months are counted from year 0, so that a period is a range of whole numbers.
create macro month_no(day) as date_part('year', day)::int * 12 + date_part('month', day)::int - 1
