-- Shared environments and their bookings, as lists show them, and the groups through which callers see them.

alter table planning.api_key
    add column groups text[] not null default '{}',
    add constraint api_key_groups_not_null check (array_position(groups, null) is null);

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
