insert into planning.refresh_view (
    workspace, id, environment, type, level, status, starts_at, ends_at, requested_by, reason, notify_groups, requested_at, created_position, created_at, updated_at)
select r.workspace, r.id, r.environment, r.type, r.level, r.status, r.starts_at, r.ends_at, r.requested_by, r.reason, r.notify_groups::text[], r.requested_at,
    r.created_position, r.created_at, r.updated_at
from unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::text[], $11::text[],
    $12::timestamptz[], $13::bigint[], $14::timestamptz[], $15::timestamptz[])
    as r (workspace, id, environment, type, level, status, starts_at, ends_at, requested_by, reason, notify_groups, requested_at, created_position, created_at, updated_at)
on conflict (workspace, id) do update set
    type = excluded.type, level = excluded.level, status = excluded.status, starts_at = excluded.starts_at, ends_at = excluded.ends_at, reason = excluded.reason,
    notify_groups = excluded.notify_groups, requested_at = excluded.requested_at, updated_at = excluded.updated_at
