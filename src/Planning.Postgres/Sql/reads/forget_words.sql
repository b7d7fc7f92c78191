delete from planning.plan_word using unnest($1::text[], $2::bigint[]) as gone (workspace, created_position)
where plan_word.workspace = gone.workspace and plan_word.created_position = gone.created_position
