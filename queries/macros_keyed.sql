-- For a release every weight is 2^64 + the record key, so that one sum holds the count above bit 64 and the
-- sum of the keys below. Kept of it: the count, and the sum of the keys modulo 2^32, in one whole number.
create or replace macro counted(weights) as ((weights >> 64) << 32 | (weights & 4294967295))::bigint
