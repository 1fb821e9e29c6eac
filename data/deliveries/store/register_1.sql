-- The register as its first version had it. Never changed: stores rest on it.

create table deliveries (
    id integer primary key,
    sha256 text not null unique,
    sender text not null,
    sender_name text not null,
    sender_kind text not null,
    reporting_date text not null,
    software text not null,
    complete integer not null,
    synthetic integer not null,
    state text not null default 'accepted',
    handed_in_ns integer not null,
    accepted_at text not null,
    rows text not null,
    present text not null,
    recognised text not null,
    counts text not null
) strict;

create index deliveries_by_sender on deliveries (sender, reporting_date, handed_in_ns);

create table findings (
    delivery integer not null references deliveries (id),
    finding text not null
) strict;

create index findings_by_delivery on findings (delivery);
