select id from planning.plan_view where workspace = $1 and cycle = $2 and not closed order by id
