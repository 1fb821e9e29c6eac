-- The same as `macros_keyed.sql`, for an engine that divides numbers of 128 bits and does not shift them.
create or replace macro counted(weights) as
    (weights // 4611686018427387904) * 4294967296 + (weights % 4294967296)::bigint;

create or replace macro people_of(number, weight) as (number - 1)::hugeint * 4611686018427387904 + weight;
