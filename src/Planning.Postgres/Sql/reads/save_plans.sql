insert into planning.plan_view (
    workspace, id, title, stream, status, closed, priority, author, cycle, tags, task_count, points, pending, manifest,
    content_hash, version, position, created_position, executed_position, created_at, updated_at)
select * from unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::smallint[], $8::text[], $9::text[], $10::json[],
    $11::integer[], $12::numeric[], $13::text[], $14::text[], $15::text[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[],
    $20::timestamptz[], $21::timestamptz[])
on conflict (workspace, id) do update set
    title = excluded.title, status = excluded.status, closed = excluded.closed, priority = excluded.priority, cycle = excluded.cycle,
    tags = excluded.tags, task_count = excluded.task_count, points = excluded.points, pending = excluded.pending,
    manifest = excluded.manifest, content_hash = excluded.content_hash, version = excluded.version, position = excluded.position,
    executed_position = excluded.executed_position, updated_at = excluded.updated_at
