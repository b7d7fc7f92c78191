-- Which migrations this database has, and what they were. Made by the migrator before the first of them.
create schema if not exists planning;

create table if not exists planning.migration (
    number      integer     not null,
    name        text        not null,
    checksum    text        not null,
    applied_at  timestamptz not null default now(),
    constraint migration_pk primary key (number),
    constraint migration_number_from_1 check (number >= 1),
    constraint migration_checksum_is_sha256 check (checksum ~ '^[0-9a-f]{64}$')
);
