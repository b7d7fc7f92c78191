insert into planning.cycle_view (workspace, id, name, starts_on, ends_on, open, next_cycle, created_position, opened_at, closed_at)
select * from unnest(
    $1::text[], $2::text[], $3::text[], $4::date[], $5::date[], $6::boolean[], $7::text[], $8::bigint[], $9::timestamptz[], $10::timestamptz[])
on conflict (workspace, id) do update set open = excluded.open, next_cycle = excluded.next_cycle, closed_at = excluded.closed_at
