insert into planning.plan_tag (workspace, created_position, name, value) select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[])
