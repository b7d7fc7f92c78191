insert into planning.plan_tag (workspace, plan, name, value) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
