-- The same files may be taken back and handed in again, so a hash names at most one delivery that stands, and
-- each acceptance has a folder of its own: what was accepted once is never written over.

create table accepted (
    id integer primary key,
    sha256 text not null,
    folder text not null unique,
    sender text not null,
    sender_name text not null,
    sender_kind text not null,
    reporting_date text not null,
    software text not null,
    complete integer not null,
    synthetic integer not null,
    state text not null default 'accepted' check (state in ('accepted', 'taken_back')),
    handed_in_ns integer not null,
    handed_in_by text not null default '',
    accepted_at text not null,
    confirmed text,
    rows text not null,
    present text not null,
    recognised text not null,
    counts text not null
) strict;

insert into accepted (
    id, sha256, folder, sender, sender_name, sender_kind, reporting_date, software, complete, synthetic,
    state, handed_in_ns, accepted_at, rows, present, recognised, counts)
select
    id, sha256, sha256, sender, sender_name, sender_kind, reporting_date, software, complete, synthetic,
    state, handed_in_ns, accepted_at, rows, present, recognised, counts
from deliveries;

create table found (
    delivery integer not null references accepted (id),
    finding text not null
) strict;

insert into found select delivery, finding from findings;

drop table findings;

drop table deliveries;

alter table accepted rename to deliveries;

alter table found rename to findings;

create index findings_by_delivery on findings (delivery);

create index deliveries_by_sender on deliveries (sender, reporting_date, handed_in_ns);

create unique index deliveries_standing on deliveries (sha256) where state = 'accepted';

create table files (
    delivery integer not null references deliveries (id),
    name text not null,
    sha256 text not null,
    primary key (delivery, name)
) strict;

create table audit (
    id integer primary key,
    at text not null,
    who text not null,
    action text not null,
    sha256 text,
    sender text,
    note text not null default ''
) strict;

create trigger audit_is_not_changed before update on audit
begin select raise(abort, 'the audit log is only added to'); end;

create trigger audit_is_not_deleted before delete on audit
begin select raise(abort, 'the audit log is only added to'); end;
