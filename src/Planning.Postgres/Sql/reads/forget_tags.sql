delete from planning.plan_tag using unnest($1::text[], $2::text[]) as gone (workspace, plan)
where plan_tag.workspace = gone.workspace and plan_tag.plan = gone.plan
