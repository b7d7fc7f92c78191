select id, plan, gate, trigger, outcome, finding_count, started_at, finished_at, created_position
from planning.gate_run_view
where workspace = @workspace
    and created_position < @before
    and plan = @plan -- if plan
order by created_position desc
limit @limit
