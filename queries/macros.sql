-- Months are counted from year 0, so that a period is a range of whole numbers.
create macro month_no(day) as date_part('year', day)::int * 12 + date_part('month', day)::int - 1;

-- What a mart counts is a sum of weights: of 1 each, so that it is the count.
create macro counted(weights) as weights::bigint;

-- So many people that are delivered as one number, with the weight of the row.
create macro people_of(number, weight) as number * weight;

-- Whether a case reaches so many months of counselling within the three months after a day.
create macro is_near(opened_on, day, months) as
    opened_on + to_months(months) >= day and opened_on + to_months(months - 3) < day;
