delete from planning.plan_word using unnest($1::text[], $2::text[]) as gone (workspace, plan)
where plan_word.workspace = gone.workspace and plan_word.plan = gone.plan
