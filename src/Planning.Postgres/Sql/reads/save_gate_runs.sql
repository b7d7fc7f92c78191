insert into planning.gate_run_view (workspace, id, plan, gate, trigger, created_position, started_at)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[])
on conflict (workspace, id) do nothing
