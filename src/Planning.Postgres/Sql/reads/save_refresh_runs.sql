-- What is in the history stays as it is: an event that comes again finds its entry.
insert into planning.refresh_history (workspace, refresh, number, environment, type, outcome, started_at, ended_at, ended_by, note, created_position)
select * from unnest(
    $1::text[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::text[], $11::bigint[])
on conflict (workspace, refresh, number) do nothing
