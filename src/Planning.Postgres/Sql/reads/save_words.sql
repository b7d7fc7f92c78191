insert into planning.plan_word (workspace, created_position, word) select * from unnest($1::text[], $2::bigint[], $3::text[])
