-- The schema at its newest version; further tables are in the other files schema_*.sql. A test holds them all together equal to what the migrations lead to; it is never executed in production.

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

-- Roles belong to the cluster, not to the database: another database may have made them already, or may be making
-- them at this moment. None can log in; the program takes one of them on for each of its connections.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['planning_writer', 'planning_consumer', 'planning_request'] loop
        begin
            execute format('create role %I nologin noinherit', wanted);
        exception when duplicate_object or unique_violation then
            null;
        end;
        if not pg_has_role(current_user, wanted, 'member') then
            execute format('grant %I to current_user', wanted);
        end if;
    end loop;
end
$$;

revoke all on schema planning from public;
grant usage on schema planning to planning_writer, planning_consumer, planning_request;

-- What a statement calls when going on would break a promise; the statement and its transaction are undone.
create function planning.refuse(reason text) returns bigint language plpgsql as $$
begin
    raise exception '%', reason;
end
$$;

-- One row. How many partitions the log has is a fact of the data, never configuration: a workspace's partition is
-- computed from it. The instance is part of the log's epoch; an operator renews it after restoring a copy of the
-- files, which system identifier and timeline do not tell from the original.
create table planning.meta (
    only_row        boolean not null default true,
    log_partitions  integer not null default 1,
    instance        uuid    not null default gen_random_uuid(),
    constraint meta_pk primary key (only_row),
    constraint meta_has_one_row check (only_row),
    constraint meta_log_partitions_in_range check (log_partitions between 1 and 1024)
);
insert into planning.meta default values;
grant select on planning.meta to planning_writer, planning_consumer, planning_request;

-- The last position of each partition. Every append rewrites one row here; free space lets that happen in place.
create table planning.partition_head (
    partition  integer not null,
    position   bigint  not null default 0,
    constraint partition_head_pk primary key (partition),
    constraint partition_head_partition_from_0 check (partition >= 0),
    constraint partition_head_position_from_0 check (position >= 0)
) with (fillfactor = 10);
insert into planning.partition_head (partition) values (0);
grant select, update (position) on planning.partition_head to planning_writer;
grant select on planning.partition_head to planning_consumer, planning_request;

-- The truth. Fixed-width columns first: without padding a row is some bytes shorter.
-- data and meta are json, not jsonb: the text is kept as it came, byte for byte.
-- event_version leads with the entity because that decides most comparisons at once; it is the guard against two
-- writers of one entity, and what a lost answer is looked up by.
create table planning.event (
    position        bigint      not null,
    version         bigint      not null,
    command_hash    bigint      not null,
    at              timestamptz not null,
    partition       integer     not null,
    schema_version  integer     not null,
    kind            smallint    not null,
    workspace       text        not null collate "C",
    entity          text        not null collate "C",
    event_id        text        not null collate "C",
    type            text        not null collate "C",
    command_id      text        not null collate "C",
    data            json        not null,
    meta            json        not null,
    constraint event_pk primary key (partition, position),
    constraint event_version unique (entity, workspace, kind, version),
    constraint event_numbers_from_1 check (position > 0 and version > 0 and schema_version > 0 and kind > 0 and partition >= 0),
    constraint event_names_not_empty check (workspace <> '' and entity <> '' and event_id <> '' and type <> '' and command_id <> '')
);
create index event_workspace on planning.event (workspace, position);
grant select, insert on planning.event to planning_writer;
grant select on planning.event to planning_consumer, planning_request;

-- Grants keep the program from changing history; this keeps the owner from doing it by mistake.
create function planning.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% on planning.% is refused: what happened is never edited', tg_op, tg_table_name;
end
$$;
create trigger event_is_never_changed before update or delete or truncate on planning.event
    for each statement execute function planning.refuse_change();

-- Folded states; any of them can be deleted at any time.
create table planning.snapshot (
    workspace     text        not null collate "C",
    kind          smallint    not null,
    entity        text        not null collate "C",
    fold_version  integer     not null,
    version       bigint      not null,
    state         bytea       not null,
    saved_at      timestamptz not null default now(),
    constraint snapshot_pk primary key (entity, workspace, kind, fold_version),
    constraint snapshot_numbers_from_1 check (kind > 0 and fold_version > 0 and version > 0),
    constraint snapshot_names_not_empty check (workspace <> '' and entity <> '')
);
grant select, insert, update, delete on planning.snapshot to planning_consumer;

-- Bytes as they were received, by the SHA-256 of themselves.
create table planning.blob (
    workspace   text        not null collate "C",
    hash        bytea       not null,
    size        bigint      not null,
    bytes       bytea       not null,
    stored_at   timestamptz not null default now(),
    constraint blob_pk primary key (workspace, hash),
    constraint blob_workspace_not_empty check (workspace <> ''),
    constraint blob_hash_is_its_own check (hash = sha256(bytes)),
    constraint blob_size_is_its_own check (size = octet_length(bytes))
);
grant select, insert on planning.blob to planning_consumer, planning_request;

-- A claimed timer is hidden until visible_at, then it comes back unless it was completed.
create table planning.timer (
    workspace    text        not null collate "C",
    name         text        not null collate "C",
    kind         text        not null,
    due_at       timestamptz not null,
    visible_at   timestamptz not null,
    attempt      integer     not null default 0,
    payload      json        not null,
    constraint timer_pk primary key (workspace, name),
    constraint timer_names_not_empty check (workspace <> '' and name <> '' and kind <> ''),
    constraint timer_attempt_from_0 check (attempt >= 0),
    constraint timer_visible_when_due check (visible_at >= due_at)
);
create index timer_visible on planning.timer (visible_at);
grant select, insert, update, delete on planning.timer to planning_consumer;

-- One row, whose time is the database's. The epoch rises with each holder and never falls.
create table planning.lease (
    only_row    boolean     not null default true,
    holder      text        not null default 'nobody',
    epoch       bigint      not null default 0,
    expires_at  timestamptz not null default '-infinity',
    constraint lease_pk primary key (only_row),
    constraint lease_has_one_row check (only_row),
    constraint lease_holder_not_empty check (holder <> ''),
    constraint lease_epoch_from_0 check (epoch >= 0)
) with (fillfactor = 10);
insert into planning.lease default values;
grant select, update on planning.lease to planning_consumer;

create table planning.consumer_position (
    consumer     text    not null collate "C",
    partition    integer not null,
    position     bigint  not null,
    lease_epoch  bigint  not null,
    constraint consumer_position_pk primary key (consumer, partition),
    constraint consumer_position_consumer_not_empty check (consumer <> ''),
    constraint consumer_position_numbers_from_0 check (partition >= 0 and position >= 0 and lease_epoch >= 0)
) with (fillfactor = 50);
grant select, insert, update, delete on planning.consumer_position to planning_consumer;

-- Events that a consumer could not take, put aside for an operator.
create table planning.parked_event (
    consumer    text        not null collate "C",
    partition   integer     not null,
    position    bigint      not null,
    workspace   text        not null collate "C",
    kind        smallint    not null,
    entity      text        not null collate "C",
    event_id    text        not null collate "C",
    reason      text        not null,
    parked_at   timestamptz not null default now(),
    constraint parked_event_pk primary key (consumer, partition, position),
    constraint parked_event_names_not_empty check (consumer <> '' and workspace <> '' and entity <> '' and event_id <> '')
);
create index parked_event_workspace on planning.parked_event (workspace, consumer);
grant select, insert, update, delete on planning.parked_event to planning_consumer;
grant select on planning.parked_event to planning_request;

-- The secret itself is never stored.
create table planning.api_key (
    workspace    text        not null collate "C",
    key_id       text        not null collate "C",
    holder       text        not null collate "C",
    holder_kind  text        not null,
    roles        text[]      not null,
    secret_hash  bytea       not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    groups       text[]      not null default '{}',
    step_up_at   timestamptz,
    constraint api_key_pk primary key (workspace, key_id),
    constraint api_key_secret unique (secret_hash),
    constraint api_key_names_not_empty check (workspace <> '' and key_id <> '' and holder <> ''),
    constraint api_key_holder_kind_known check (holder_kind in ('person', 'service')),
    constraint api_key_roles_not_null check (array_position(roles, null) is null),
    constraint api_key_groups_not_null check (array_position(groups, null) is null),
    constraint api_key_secret_is_sha256 check (octet_length(secret_hash) = 32),
    constraint api_key_expires_after_creation check (expires_at > created_at)
);
grant select, insert, update (revoked_at, step_up_at) on planning.api_key to planning_request;
grant select on planning.api_key to planning_consumer;

create table planning.signer_key (
    workspace       text        not null collate "C",
    fingerprint     text        not null collate "C",
    public_key_pem  text        not null,
    person          text        not null collate "C",
    role            text        not null,
    valid_from      timestamptz not null,
    valid_to        timestamptz not null,
    revoked_at      timestamptz,
    constraint signer_key_pk primary key (workspace, fingerprint),
    constraint signer_key_names_not_empty check (workspace <> '' and person <> '' and role <> ''),
    constraint signer_key_fingerprint_is_sha256 check (fingerprint ~ '^sha256:[0-9a-f]{64}$'),
    constraint signer_key_is_public check (public_key_pem like '-----BEGIN PUBLIC KEY-----%'),
    constraint signer_key_valid_for_some_time check (valid_to > valid_from)
);
grant select, insert, update (revoked_at) on planning.signer_key to planning_request;
grant select on planning.signer_key to planning_consumer;

-- The only place for names and addresses, because a row here can be erased and an event cannot.
create table planning.person (
    workspace  text not null collate "C",
    person     text not null collate "C",
    name       text not null,
    mail       text,
    constraint person_pk primary key (workspace, person),
    constraint person_names_not_empty check (workspace <> '' and person <> '' and name <> '')
);
grant select, insert, update (name, mail), delete on planning.person to planning_request;
grant select on planning.person to planning_consumer;

-- Row-level security, also for the owner. A request sees the workspace that its transaction has set, and nothing
-- where it has set none: an unset or reset setting reads as null or '', and no row has an empty workspace.
do $$
declare
    secured text;
begin
    foreach secured in array array['event', 'snapshot', 'blob', 'timer', 'parked_event', 'api_key', 'signer_key', 'person'] loop
        execute format('alter table planning.%I enable row level security', secured);
        execute format('alter table planning.%I force row level security', secured);
        execute format('create policy every_workspace on planning.%I to planning_consumer using (true) with check (true)', secured);
        execute format(
            'create policy own_workspace on planning.%I to planning_request '
            'using (workspace = current_setting(''planning.workspace'', true)) '
            'with check (workspace = current_setting(''planning.workspace'', true))', secured);
    end loop;
end
$$;
create policy appends_and_reads on planning.event to planning_writer using (true) with check (true);

-- Before a request has a workspace it has a key: whoever shows the key's hash sees that one row.
create policy shown_key on planning.api_key for select to planning_request
    using (secret_hash = decode(nullif(current_setting('planning.shown_key', true), ''), 'hex'));

-- Who belongs to the cluster: what Orleans keeps of its own silos. The names of its query table, of the columns that it
-- reads and of the parameters that it sends are its contract; the tables behind them are ours. Silos alone connect as
-- this role, whose search path finds the query table.
do $$
begin
    create role planning_cluster nologin noinherit;
exception when duplicate_object or unique_violation then
    null;
end
$$;
do $$
begin
    if not pg_has_role(current_user, 'planning_cluster', 'member') then
        grant planning_cluster to current_user;
    end if;
end
$$;

create schema cluster;
revoke all on schema cluster from public;
grant usage on schema cluster to planning_cluster;

-- One row for each cluster. Its version is raised with every change of membership, which puts the changes in line.
create table cluster.membership_version (
    deployment  text        not null collate "C",
    version     integer     not null default 0,
    changed_at  timestamptz not null default now(),
    constraint membership_version_pk primary key (deployment)
);

create table cluster.membership (
    deployment    text        not null collate "C",
    address       text        not null collate "C",
    port          integer     not null,
    generation    integer     not null,
    silo_name     text        not null,
    host_name     text        not null,
    status        integer     not null,
    proxy_port    integer     not null,
    suspected_by  text,
    started_at    timestamptz not null,
    alive_at      timestamptz not null,
    constraint membership_pk primary key (deployment, address, port, generation),
    constraint membership_cluster foreign key (deployment) references cluster.membership_version (deployment)
);

create table cluster.orleansquery (
    querykey   text not null,
    querytext  text not null,
    constraint orleansquery_pk primary key (querykey)
);

-- Reminders wake grains whose silo is gone; what such grains keep of their own is one row each.
create table cluster.reminder (
    service     text        not null collate "C",
    grain       text        not null collate "C",
    name        text        not null collate "C",
    starts_at   timestamptz not null,
    period_ms   bigint      not null,
    grain_hash  integer     not null,
    version     integer     not null default 0,
    constraint reminder_pk primary key (service, grain, name)
);
create index reminder_hash on cluster.reminder (service, grain_hash);

create table cluster.grain_state (
    service     text        not null collate "C",
    grain_type  text        not null collate "C",
    grain_n0    bigint      not null,
    grain_n1    bigint      not null,
    grain_text  text        not null collate "C",
    payload     bytea,
    version     integer     not null default 1,
    changed_at  timestamptz not null default now(),
    constraint grain_state_pk primary key (service, grain_type, grain_n0, grain_n1, grain_text)
);

grant select, insert, update, delete on cluster.membership_version, cluster.membership, cluster.reminder, cluster.grain_state to planning_cluster;
grant select on cluster.orleansquery to planning_cluster;

-- Its rows, the statements that silos send, are in the migrations.
