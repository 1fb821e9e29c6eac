-- Months are counted from year 0, so that a period is a range of whole numbers.
create macro month_no(day) as date_part('year', day)::int * 12 + date_part('month', day)::int - 1;

-- What a mart counts is a sum of weights: of 1 each, so that it is the count.
create macro counted(weights) as weights::bigint;

-- So many people that are delivered as one number, with the weight of the row.
create macro people_of(number, weight) as number * weight;

-- Whether a case reaches so many months of counselling within the three months after a day.
create macro is_near(opened_on, day, months) as
    opened_on + to_months(months) >= day and opened_on + to_months(months - 3) < day;

-- How many months are over between two days that come in this order; the last day of a month is as late as any.
create macro whole_months(since, until) as
    month_no(until) - month_no(since)
    - case when date_part('day', until) < date_part('day', since) and until < last_day(until) then 1 else 0 end;
