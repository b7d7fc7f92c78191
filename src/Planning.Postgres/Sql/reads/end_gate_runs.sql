update planning.gate_run_view v
set outcome = ended.outcome, finding_count = ended.finding_count, finished_at = ended.finished_at
from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::timestamptz[]) as ended (workspace, id, outcome, finding_count, finished_at)
where v.workspace = ended.workspace and v.id = ended.id
