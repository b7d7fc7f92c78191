select id
from planning.plan_view
where workspace = $1 and stream = $2 and executed_position is not null and id <> $3
order by executed_position desc
limit 1
