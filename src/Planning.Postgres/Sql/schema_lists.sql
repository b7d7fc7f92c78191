-- The other part of schema.sql.

-- 0002: read models
-- What lists and searches read. Everything here can be emptied and is filled again from the log.
-- Rows are listed by created_position, which never changes: paging skips nothing, and an update of a row touches no
-- index unless a filter's own column changes.
create table planning.plan_view (
    workspace          text        not null collate "C",
    id                 text        not null collate "C",
    title              text        not null,
    stream             text        not null collate "C",
    status             text        not null collate "C",
    closed             boolean     not null,
    priority           smallint    not null,
    author             text        not null collate "C",
    cycle              text        not null collate "C",
    tags               json        not null,
    task_count         integer     not null,
    points             numeric     not null,
    pending            text,
    manifest           text,
    content_hash       text        not null,
    version            bigint      not null,
    position           bigint      not null,
    created_position   bigint      not null,
    executed_position  bigint,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    constraint plan_view_pk primary key (workspace, id),
    constraint plan_view_status_known check (status in (
        'PLANNED', 'READY_FOR_HANDOFF', 'PACKAGED', 'EXECUTED', 'VALIDATED', 'IMPROVE', 'COMPLETED', 'WITHDRAWN')),
    constraint plan_view_closed_as_status_says check (closed = (status in ('COMPLETED', 'WITHDRAWN'))),
    constraint plan_view_priority_in_range check (priority between 0 and 3),
    constraint plan_view_numbers check (version > 0 and created_position > 0 and position >= created_position and task_count >= 0)
) with (fillfactor = 80);
create unique index plan_view_newest on planning.plan_view (workspace, created_position);
create index plan_view_status on planning.plan_view (workspace, status, created_position);
create index plan_view_stream on planning.plan_view (workspace, stream, created_position);
create index plan_view_cycle on planning.plan_view (workspace, cycle, created_position);
create index plan_view_author on planning.plan_view (workspace, author, created_position);
create index plan_view_priority on planning.plan_view (workspace, priority, created_position);
create index plan_view_executed on planning.plan_view (workspace, stream, executed_position) where executed_position is not null;

-- Tags and words in tables of their own: under row-level security an index helps only operators that are leakproof,
-- and those of json and of text search are not. They name their plan by its created_position, which is smaller than its
-- id and lets an index give the plans of a tag in the order of the list.
create table planning.plan_tag (
    workspace         text   not null collate "C",
    created_position  bigint not null,
    name              text   not null collate "C",
    value             text   not null collate "C",
    constraint plan_tag_pk primary key (workspace, created_position, name)
);
create index plan_tag_value on planning.plan_tag (workspace, name, value, created_position);

create table planning.plan_word (
    workspace         text   not null collate "C",
    created_position  bigint not null,
    word              text   not null collate "C",
    constraint plan_word_pk primary key (workspace, created_position, word)
);
create index plan_word_word on planning.plan_word (workspace, word, created_position);

create table planning.gate_run_view (
    workspace         text        not null collate "C",
    id                text        not null collate "C",
    plan              text        not null collate "C",
    gate              text        not null,
    trigger           text        not null,
    outcome           text,
    finding_count     integer     not null default 0,
    created_position  bigint      not null,
    started_at        timestamptz not null,
    finished_at       timestamptz,
    constraint gate_run_view_pk primary key (workspace, id),
    constraint gate_run_view_outcome_known check (outcome in ('passed', 'failed', 'aborted')),
    constraint gate_run_view_ends_with_outcome check ((outcome is null) = (finished_at is null)),
    constraint gate_run_view_numbers check (created_position > 0 and finding_count >= 0)
) with (fillfactor = 80);
create index gate_run_view_newest on planning.gate_run_view (workspace, created_position);
create index gate_run_view_plan on planning.gate_run_view (workspace, plan, created_position);

create table planning.manifest_view (
    workspace         text        not null collate "C",
    id                text        not null collate "C",
    plan              text        not null collate "C",
    number            integer     not null,
    digest            text        not null,
    signatures        integer     not null,
    sealed            boolean     not null,
    supersedes        text,
    created_position  bigint      not null,
    created_at        timestamptz not null,
    sealed_at         timestamptz,
    constraint manifest_view_pk primary key (workspace, id),
    constraint manifest_view_sealed_at_a_time check (sealed = (sealed_at is not null)),
    constraint manifest_view_numbers check (created_position > 0 and number > 0 and signatures >= 0)
) with (fillfactor = 80);
create index manifest_view_newest on planning.manifest_view (workspace, created_position);
create index manifest_view_plan on planning.manifest_view (workspace, plan, created_position);

create table planning.cycle_view (
    workspace         text        not null collate "C",
    id                text        not null collate "C",
    name              text        not null,
    starts_on         date        not null,
    ends_on           date        not null,
    open              boolean     not null,
    next_cycle        text,
    created_position  bigint      not null,
    opened_at         timestamptz not null,
    closed_at         timestamptz,
    constraint cycle_view_pk primary key (workspace, id),
    constraint cycle_view_ends_after_start check (ends_on >= starts_on),
    constraint cycle_view_closed_at_a_time check (open = (closed_at is null)),
    constraint cycle_view_numbers check (created_position > 0)
);
create index cycle_view_newest on planning.cycle_view (workspace, created_position);
create index cycle_view_open on planning.cycle_view (workspace, open, created_position);

-- Which blobs are the digest of which cycle.
create table planning.digest (
    workspace  text   not null collate "C",
    cycle      text   not null collate "C",
    json       text   not null,
    markdown   text   not null,
    position   bigint not null,
    constraint digest_pk primary key (workspace, cycle),
    constraint digest_position_from_1 check (position > 0)
);

do $$
declare
    secured text;
begin
    foreach secured in array array['plan_view', 'plan_tag', 'plan_word', 'gate_run_view', 'manifest_view', 'cycle_view', 'digest'] loop
        execute format('alter table planning.%I enable row level security', secured);
        execute format('alter table planning.%I force row level security', secured);
        execute format('create policy every_workspace on planning.%I to planning_consumer using (true) with check (true)', secured);
        execute format(
            'create policy own_workspace on planning.%I for select to planning_request '
            'using (workspace = current_setting(''planning.workspace'', true))', secured);
        execute format('grant select, insert, update, delete on planning.%I to planning_consumer', secured);
        execute format('grant select on planning.%I to planning_request', secured);
    end loop;
end
$$;

-- 0006: environments
-- Shared environments and their bookings.
create table planning.environment_view (
    workspace         text        not null collate "C",
    id                text        not null collate "C",
    tree              text        not null collate "C",
    name              text        not null,
    parent            text                 collate "C",
    owner_group       text        not null collate "C",
    user_groups       text[]      not null,
    zone              text        not null,
    retired           boolean     not null,
    created_position  bigint      not null,
    created_at        timestamptz not null,
    maintenance       jsonb       not null default '[]',
    constraint environment_view_pk primary key (workspace, id),
    constraint environment_view_numbers check (created_position > 0)
);
create unique index environment_view_newest on planning.environment_view (workspace, created_position);
create index environment_view_tree on planning.environment_view (workspace, tree, created_position);

create table planning.booking_view (
    workspace         text        not null collate "C",
    id                text        not null collate "C",
    environment       text        not null collate "C",
    mode              text        not null,
    starts_at         timestamptz not null,
    ends_at           timestamptz not null,
    booked_by         text        not null collate "C",
    plan              text                 collate "C",
    release           text,
    purpose           text,
    cancelled         boolean     not null,
    created_position  bigint      not null,
    created_at        timestamptz not null,
    constraint booking_view_pk primary key (workspace, id),
    constraint booking_view_mode_known check (mode in ('exclusive', 'shared')),
    constraint booking_view_ends_after_start check (ends_at > starts_at),
    constraint booking_view_numbers check (created_position > 0)
);
create index booking_view_newest on planning.booking_view (workspace, created_position);
create index booking_view_environment on planning.booking_view (workspace, environment, created_position);
create index booking_view_booked_by on planning.booking_view (workspace, booked_by, created_position);
create index booking_view_plan on planning.booking_view (workspace, plan, created_position) where plan is not null;

-- A request sees, of its workspace, what its caller's groups own or use, and what the caller has booked. An admin or
-- auditor sees it all. The caller is set with the workspace, for one transaction; where it is not, nothing is seen.
create policy every_workspace on planning.environment_view to planning_consumer using (true) with check (true);
create policy own_groups on planning.environment_view for select to planning_request using (
    workspace = current_setting('planning.workspace', true)
    and (
        current_setting('planning.sees_all', true) = 'on'
        or owner_group = any (nullif(current_setting('planning.groups', true), '')::text[])
        or user_groups && nullif(current_setting('planning.groups', true), '')::text[]
    )
);
create policy every_workspace on planning.booking_view to planning_consumer using (true) with check (true);
create policy own_groups on planning.booking_view for select to planning_request using (
    workspace = current_setting('planning.workspace', true)
    and (
        booked_by = current_setting('planning.person', true)
        or exists (select from planning.environment_view e where e.workspace = booking_view.workspace and e.id = booking_view.environment)
    )
);

do $$
declare
    secured text;
begin
    foreach secured in array array['environment_view', 'booking_view'] loop
        execute format('alter table planning.%I enable row level security', secured);
        execute format('alter table planning.%I force row level security', secured);
        execute format('grant select, insert, update, delete on planning.%I to planning_consumer', secured);
        execute format('grant select on planning.%I to planning_request', secured);
    end loop;
end
$$;
