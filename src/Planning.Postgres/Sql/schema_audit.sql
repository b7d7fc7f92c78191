-- The third part of schema.sql.

-- 0008: security audit
-- How long a record stays, at least. Deleting it earlier is refused to everybody.
create function planning.audit_retention() returns interval language sql immutable as $$ select interval '7 years' $$;

create table planning.security_audit (
    created_position  bigint      not null generated always as identity,
    at                timestamptz not null default clock_timestamp(),
    suppressed        integer     not null,
    workspace         text        not null collate "C",
    event_type        text        not null collate "C",
    action            text        not null collate "C",
    outcome           text        not null collate "C",
    actor             text                 collate "C",
    key_id            text                 collate "C",
    ip_address        inet,
    user_agent        text,
    resource_type     text        not null collate "C",
    resource_id       text                 collate "C",
    route             text,
    command_id        text                 collate "C",
    trace_id          text                 collate "C",
    details           json        not null,
    constraint security_audit_pk primary key (workspace, created_position),
    constraint security_audit_names_not_empty check (workspace <> '' and event_type <> '' and action <> '' and resource_type <> ''),
    constraint security_audit_outcome_known check (outcome in ('ATTEMPTED', 'SUCCESS', 'DENIED', 'FAILED')),
    constraint security_audit_suppressed_from_0 check (suppressed >= 0),
    constraint security_audit_texts_bounded check (
        length(actor) <= 200 and length(key_id) <= 200 and length(user_agent) <= 256 and length(resource_type) <= 200 and length(resource_id) <= 200
        and length(route) <= 200 and length(command_id) <= 200 and length(trace_id) <= 200 and octet_length(details::text) <= 16384)
);
create index security_audit_at on planning.security_audit (workspace, at);
create index security_audit_actor on planning.security_audit (workspace, actor, created_position);
create index security_audit_resource on planning.security_audit (workspace, resource_id, created_position);
create index security_audit_outcome on planning.security_audit (workspace, outcome, created_position);

-- Number and time are the database's own: the request role may not give them.
grant select on planning.security_audit to planning_request;
grant insert (
    workspace, event_type, action, outcome, actor, key_id, ip_address, user_agent, resource_type, resource_id, route, command_id, trace_id, suppressed, details
) on planning.security_audit to planning_request;

-- Every request adds to the records of its workspace; only one that was opened for an auditor reads them.
alter table planning.security_audit enable row level security;
alter table planning.security_audit force row level security;
create policy own_workspace_adds on planning.security_audit for insert to planning_request
    with check (workspace = current_setting('planning.workspace', true));
create policy auditor_reads on planning.security_audit for select to planning_request
    using (workspace = current_setting('planning.workspace', true) and current_setting('planning.reads_audit', true) = 'on');

-- Grants keep the program from changing records; these keep owner and superuser from it, also while they replay a dump.
create trigger security_audit_is_never_changed before update or truncate on planning.security_audit
    for each statement execute function planning.refuse_change();
alter table planning.security_audit enable always trigger security_audit_is_never_changed;
create function planning.refuse_early_delete() returns trigger language plpgsql as $$
begin
    if old.at > now() - planning.audit_retention() then
        raise exception 'delete on planning.% is refused: a record of % is kept until %', tg_table_name, old.at, old.at + planning.audit_retention();
    end if;
    return old;
end
$$;
create trigger security_audit_is_kept before delete on planning.security_audit
    for each row execute function planning.refuse_early_delete();
alter table planning.security_audit enable always trigger security_audit_is_kept;
