insert into planning.plan_word (workspace, plan, word) select * from unnest($1::text[], $2::text[], $3::text[])
