create table entries (
    number integer primary key,
    at text not null,
    who text not null,
    action text not null,
    what text not null,
    address text not null, -- from where, as the server saw it
    result text not null,
    before text not null, -- the hash of the entry before: who changes one changes all after it
    hash text not null
);
create table started (hash text not null); -- of the entry before the first, where older ones were let go
insert into started values ('');
