-- Refreshes of environments as lists show them, and the history of what was done, to which only is added.

alter table planning.api_key add column step_up_at timestamptz;
grant update (step_up_at) on planning.api_key to planning_request;

create table planning.refresh_view (
    workspace         text        not null collate "C",
    id                text        not null collate "C",
    environment       text        not null collate "C",
    type              text        not null collate "C",
    level             text        not null collate "C",
    status            text        not null collate "C",
    starts_at         timestamptz not null,
    ends_at           timestamptz not null,
    requested_by      text        not null collate "C",
    reason            text        not null,
    notify_groups     text[]      not null,
    requested_at      timestamptz,
    created_position  bigint      not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint refresh_view_pk primary key (workspace, id),
    constraint refresh_view_level_known check (level in ('low', 'medium', 'high', 'critical')),
    constraint refresh_view_status_known check (
        status in ('DRAFT', 'REQUESTED', 'APPROVED', 'SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'FAILED', 'ROLLED_BACK')),
    constraint refresh_view_ends_after_start check (ends_at > starts_at),
    constraint refresh_view_numbers check (created_position > 0)
);
create unique index refresh_view_newest on planning.refresh_view (workspace, created_position);
create index refresh_view_environment on planning.refresh_view (workspace, environment, created_position);
create index refresh_view_requested_by on planning.refresh_view (workspace, requested_by, created_position);
create index refresh_view_calendar on planning.refresh_view (workspace, starts_at, status) where status not in ('CANCELLED', 'COMPLETED', 'FAILED');
create index refresh_view_pending_approval on planning.refresh_view (workspace, status, requested_at) where status = 'REQUESTED';

create table planning.refresh_history (
    workspace         text        not null collate "C",
    refresh           text        not null collate "C",
    number            integer     not null,
    environment       text        not null collate "C",
    type              text        not null collate "C",
    outcome           text        not null collate "C",
    started_at        timestamptz not null,
    ended_at          timestamptz not null,
    ended_by          text        not null collate "C",
    note              text,
    created_position  bigint      not null,
    constraint refresh_history_pk primary key (workspace, refresh, number),
    constraint refresh_history_outcome_known check (outcome in ('completed', 'failed', 'rolled_back')),
    constraint refresh_history_numbers check (number > 0 and created_position > 0)
);
create unique index refresh_history_newest on planning.refresh_history (workspace, created_position);
-- Of an environment, the last first: positions in the log order the entries as their times do, without ties, and never change.
create index refresh_history_recent on planning.refresh_history (workspace, environment, created_position desc);

-- A request sees what its caller has requested, what the caller's groups are to be told of, and what is done to environments that it sees.
create policy every_workspace on planning.refresh_view to planning_consumer using (true) with check (true);
create policy own_groups on planning.refresh_view for select to planning_request using (
    workspace = current_setting('planning.workspace', true)
    and (
        requested_by = current_setting('planning.person', true)
        or notify_groups && nullif(current_setting('planning.groups', true), '')::text[]
        or exists (select from planning.environment_view e where e.workspace = refresh_view.workspace and e.id = refresh_view.environment)
    )
);
create policy every_workspace on planning.refresh_history to planning_consumer using (true) with check (true);
create policy own_groups on planning.refresh_history for select to planning_request using (
    workspace = current_setting('planning.workspace', true)
    and exists (select from planning.refresh_view r where r.workspace = refresh_history.workspace and r.id = refresh_history.refresh)
);

do $$
declare
    secured text;
begin
    foreach secured in array array['refresh_view', 'refresh_history'] loop
        execute format('alter table planning.%I enable row level security', secured);
        execute format('alter table planning.%I force row level security', secured);
        execute format('grant select on planning.%I to planning_request', secured);
    end loop;
end
$$;
grant select, insert, update, delete on planning.refresh_view to planning_consumer;
grant select, insert on planning.refresh_history to planning_consumer;
