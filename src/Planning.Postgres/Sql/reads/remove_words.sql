delete from planning.plan_word using unnest($1::text[], $2::bigint[], $3::text[]) as gone (workspace, created_position, word)
where plan_word.workspace = gone.workspace and plan_word.created_position = gone.created_position and plan_word.word = gone.word
