-- A further part of schema.sql.

-- 0012: gate results
create table planning.gate_result (
    workspace  text         not null collate "C",
    key        bytea        not null,
    validator  text         not null collate "C",
    version    text         not null collate "C",
    kept_at    timestamptz  not null,
    findings   bytea        not null,
    constraint gate_result_pk primary key (workspace, key),
    constraint gate_result_key_is_sha256 check (octet_length(key) = 32),
    constraint gate_result_names_not_empty check (workspace <> '' and validator <> '' and version <> '')
);

-- A run judges a plan of one workspace, and sees what was kept for that one alone.
alter table planning.gate_result enable row level security;
alter table planning.gate_result force row level security;
create policy own_workspace on planning.gate_result to planning_request
    using (workspace = current_setting('planning.workspace', true))
    with check (workspace = current_setting('planning.workspace', true));
grant select, insert, update, delete on planning.gate_result to planning_request;
