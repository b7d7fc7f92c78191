-- For rows that are known to be there: an upsert would lock each of them first, which is written to the WAL too.
update planning.plan_view v
set title = saved.title, status = saved.status, closed = saved.closed, priority = saved.priority, cycle = saved.cycle,
    tags = saved.tags, task_count = saved.task_count, points = saved.points, pending = saved.pending,
    manifest = saved.manifest, content_hash = saved.content_hash, version = saved.version, position = saved.position,
    executed_position = saved.executed_position, updated_at = saved.updated_at
from unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::smallint[], $8::text[], $9::text[], $10::json[],
    $11::integer[], $12::numeric[], $13::text[], $14::text[], $15::text[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[],
    $20::timestamptz[], $21::timestamptz[]) as saved (
    workspace, id, title, stream, status, closed, priority, author, cycle, tags, task_count, points, pending, manifest,
    content_hash, version, position, created_position, executed_position, created_at, updated_at)
where v.workspace = saved.workspace and v.id = saved.id
