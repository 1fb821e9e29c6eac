create table subjects ( -- people who are told apart outside: by an identity provider, or by a proxy
    issuer text not null,
    subject text not null,
    name text not null references accounts on delete cascade,
    by_group integer not null default 0, -- made when somebody of a group signed in, with no rights of its own
    primary key (issuer, subject)
);
create index subjects_of on subjects (name);
create table group_grants (
    "group" text not null,
    "right" text not null,
    scope text not null,
    primary key ("group", "right", scope)
);
create table session_groups ( -- in which of those somebody was when they signed in
    token text not null references sessions on delete cascade,
    "group" text not null,
    primary key (token, "group")
);
