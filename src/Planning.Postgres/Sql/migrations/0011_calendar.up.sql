-- The calendar: what it is read by, when it last changed, and the feeds of persons.

-- Weekly windows of an environment: [{"day": "monday", "start": "02:00:00", "minutes": 60}].
alter table planning.environment_view add column maintenance jsonb not null default '[]';

create index booking_view_calendar on planning.booking_view (workspace, starts_at, id, ends_at) where not cancelled;

-- By workspace, the last event that changed anything a calendar shows. Whoever keeps pages asks whether they still hold.
create table planning.calendar_mark (
    workspace  text    not null collate "C",
    position   bigint  not null,
    constraint calendar_mark_pk primary key (workspace),
    constraint calendar_mark_numbers check (position > 0)
);
grant select, insert, update on planning.calendar_mark to planning_consumer;
grant select on planning.calendar_mark to planning_request;

-- Addresses under which calendars are fetched without a key. Only the hash of the secret in them is kept.
create table planning.calendar_feed (
    workspace    text        not null collate "C",
    feed_id      text        not null collate "C",
    person       text        not null collate "C",
    groups       text[]      not null,
    zone         text        not null,
    environment  text                 collate "C",
    secret_hash  bytea       not null,
    created_at   timestamptz not null,
    revoked_at   timestamptz,
    constraint calendar_feed_pk primary key (workspace, feed_id),
    constraint calendar_feed_secret unique (secret_hash),
    constraint calendar_feed_names_not_empty check (workspace <> '' and feed_id <> '' and person <> '' and zone <> ''),
    constraint calendar_feed_groups_not_null check (array_position(groups, null) is null),
    constraint calendar_feed_secret_is_sha256 check (octet_length(secret_hash) = 32)
);
create index calendar_feed_person on planning.calendar_feed (workspace, person, created_at);
grant select, insert, update (revoked_at) on planning.calendar_feed to planning_request;

alter table planning.calendar_mark enable row level security;
alter table planning.calendar_mark force row level security;
alter table planning.calendar_feed enable row level security;
alter table planning.calendar_feed force row level security;
create policy every_workspace on planning.calendar_mark to planning_consumer using (true) with check (true);
create policy own_workspace on planning.calendar_mark for select to planning_request using (workspace = current_setting('planning.workspace', true));
create policy own_workspace on planning.calendar_feed to planning_request
    using (workspace = current_setting('planning.workspace', true)) with check (workspace = current_setting('planning.workspace', true));

-- Whoever shows the hash of a feed's secret sees that one row, whatever its workspace.
create policy shown_feed on planning.calendar_feed for select to planning_request
    using (secret_hash = decode(nullif(current_setting('planning.shown_feed', true), ''), 'hex'));
