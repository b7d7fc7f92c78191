-- Who is told what: targets and subscriptions, which are not in the log because they hold addresses and secrets, and the
-- queue of what is on its way.
create table planning.notification_target (
    workspace     text        not null collate "C",
    id            text        not null collate "C",
    owner_group   text        not null collate "C",
    name          text        not null,
    channel       text        not null collate "C",
    address       text        not null,
    secret        text,
    created_by    text        not null collate "C",
    created_at    timestamptz not null,
    outage_since  timestamptz,
    outage_error  text,
    constraint notification_target_pk primary key (workspace, id),
    constraint notification_target_names_not_empty check (workspace <> '' and id <> '' and owner_group <> '' and address <> ''),
    constraint notification_target_channel_known check (channel in ('email', 'slack', 'teams', 'webhook')),
    constraint notification_target_outage_has_error check ((outage_since is null) = (outage_error is null))
);

create table planning.notification_subscription (
    workspace     text        not null collate "C",
    id            text        not null collate "C",
    target        text        not null collate "C",
    events        text[]      not null,
    environments  text[]      not null,
    groups        text[]      not null,
    created_by    text        not null collate "C",
    created_at    timestamptz not null,
    constraint notification_subscription_pk primary key (workspace, id),
    constraint notification_subscription_target foreign key (workspace, target) references planning.notification_target (workspace, id) on delete cascade,
    constraint notification_subscription_some_events check (cardinality(events) > 0)
);
create index notification_subscription_of_target on planning.notification_subscription (workspace, target);

-- What waits for delivery, and what is parked. A row leaves when its target has it. The number orders lists; the position
-- of the event orders what a target gets of one topic.
create table planning.notification (
    workspace      text        not null collate "C",
    id             text        not null collate "C",
    number         bigint      not null generated always as identity,
    target         text        not null collate "C",
    event_id       text        not null collate "C",
    position       bigint      not null,
    topic          text        not null collate "C",
    event_type     text        not null collate "C",
    occurred_at    timestamptz not null,
    subject        text        not null,
    body           text        not null,
    payload        json        not null,
    status         text        not null collate "C",
    due_at         timestamptz not null,
    attempts       integer     not null default 0,
    failing_since  timestamptz,
    last_error     text,
    constraint notification_pk primary key (workspace, id),
    constraint notification_once unique (workspace, target, event_id),
    constraint notification_goes_to_target foreign key (workspace, target) references planning.notification_target (workspace, id) on delete cascade,
    constraint notification_status_known check (status in ('waiting', 'parked')),
    constraint notification_numbers check (position > 0 and attempts >= 0)
);
create index notification_newest on planning.notification (workspace, number);
create index notification_due on planning.notification (workspace, target, due_at) where status = 'waiting';
create index notification_order on planning.notification (workspace, target, position) where status = 'waiting';
create index notification_topic on planning.notification (workspace, target, topic, position) where status = 'waiting';

-- A request sees, of its workspace, the targets of its caller's groups, and through them what belongs to these.
create policy every_workspace on planning.notification_target to planning_consumer using (true) with check (true);
create policy own_groups on planning.notification_target to planning_request using (
    workspace = current_setting('planning.workspace', true)
    and (
        current_setting('planning.sees_all', true) = 'on'
        or owner_group = any (nullif(current_setting('planning.groups', true), '')::text[])
    )
);
grant select, insert, delete on planning.notification_target to planning_request;
grant select, update (outage_since, outage_error) on planning.notification_target to planning_consumer;

do $$
declare
    secured text;
begin
    foreach secured in array array['notification_subscription', 'notification'] loop
        execute format('create policy every_workspace on planning.%I to planning_consumer using (true) with check (true)', secured);
        execute format(
            'create policy own_targets on planning.%1$I to planning_request using (workspace = current_setting(''planning.workspace'', true) '
            'and exists (select from planning.notification_target t where t.workspace = %1$I.workspace and t.id = %1$I.target))', secured);
    end loop;
    foreach secured in array array['notification_target', 'notification_subscription', 'notification'] loop
        execute format('alter table planning.%I enable row level security', secured);
        execute format('alter table planning.%I force row level security', secured);
    end loop;
end
$$;
grant select, insert, delete on planning.notification_subscription to planning_request;
grant select on planning.notification_subscription to planning_consumer;
grant select, delete, update (status, due_at, attempts, failing_since) on planning.notification to planning_request;
grant select, insert, update, delete on planning.notification to planning_consumer;
