create table accounts (
    name text primary key,
    password text, -- Argon2id; null until an invitation was followed
    secret text, -- of the second factor
    last_step integer not null default 0, -- of the code that was used last: none is good twice
    locked_at integer,
    demonstration integer not null default 0, -- opened by a click, before made-up figures alone
    made_at integer not null,
    made_by text not null
);
create table grants (
    name text not null references accounts on delete cascade,
    "right" text not null,
    scope text not null,
    primary key (name, "right", scope)
);
create table recovery (
    name text not null references accounts on delete cascade,
    code text not null, -- its SHA-256, as of everything here that opens a door by itself
    primary key (name, code)
);
create table invitations (
    token text primary key,
    name text not null references accounts on delete cascade,
    secret text not null,
    ends_at integer not null,
    made_by text not null
);
create table sessions (
    token text primary key,
    name text not null references accounts on delete cascade,
    since integer not null,
    used_at integer not null
);
create table failures (
    name text primary key, -- the SHA-256 of what was typed, whether there is such an account or not
    times integer not null,
    last_at integer not null
);
create index sessions_of on sessions (name);
