insert into planning.calendar_mark (workspace, position)
select * from unnest($1::text[], $2::bigint[])
on conflict (workspace) do update set position = excluded.position
