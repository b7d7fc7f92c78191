insert into planning.booking_view (workspace, id, environment, mode, starts_at, ends_at, booked_by, plan, release, purpose, cancelled, created_position, created_at)
select * from unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::boolean[],
    $12::bigint[], $13::timestamptz[])
on conflict (workspace, id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, cancelled = excluded.cancelled
