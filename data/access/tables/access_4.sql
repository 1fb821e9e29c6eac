-- Who told whoever signed in apart, and as whom: other groups at the next sign-in end what was opened before.
alter table sessions add column issuer text not null default '';
alter table sessions add column subject text not null default ''
