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

-- 0013: blob compression
-- Large artifacts are read back on nearly every gate run: lz4 unpacks several times as fast as the default, and takes about
-- the same room. Blobs stored before stay as they are. A server that was built without lz4 keeps its default.
do $$
begin
    alter table planning.blob alter column bytes set compression lz4;
exception
    when feature_not_supported then null;
end
$$;
