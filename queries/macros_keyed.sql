-- For a release every weight is 2^62 + the record key, so that one sum holds the count above bit 62 and the
-- sum of the keys below. Kept of it: the count, and the sum of the keys modulo 2^32, in one whole number.
create or replace macro counted(weights) as ((weights >> 62) << 32 | (weights & 4294967295))::bigint;

-- So many people with one record key for all of them: each weighs 2^62, and the key stands there once.
create or replace macro people_of(number, weight) as (number - 1)::hugeint * 4611686018427387904 + weight;
