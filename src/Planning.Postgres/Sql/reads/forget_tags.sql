delete from planning.plan_tag using unnest($1::text[], $2::bigint[]) as gone (workspace, created_position)
where plan_tag.workspace = gone.workspace and plan_tag.created_position = gone.created_position
