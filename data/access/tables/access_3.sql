create table mails (
    name text primary key references accounts on delete cascade,
    address text not null -- where the weekly digest goes; who has none gets none
)
