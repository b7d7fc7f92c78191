-- One statement cannot write a row twice, so of several snapshots of one entity only the newest is offered.
insert into planning.snapshot as own (workspace, kind, entity, fold_version, version, state)
select distinct on (workspace, kind, entity, fold_version) workspace, kind, entity, fold_version, version, state
from unnest($1::text[], $2::smallint[], $3::text[], $4::integer[], $5::bigint[], $6::bytea[])
    as offered (workspace, kind, entity, fold_version, version, state)
order by workspace, kind, entity, fold_version, version desc
on conflict (entity, workspace, kind, fold_version) do update
set version = excluded.version, state = excluded.state, saved_at = excluded.saved_at
where own.version < excluded.version
