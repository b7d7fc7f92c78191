-- Only as it was claimed: not if it was set anew, nor if another claim came in between.
delete from planning.timer
using unnest($1::text[], $2::text[], $3::timestamptz[], $4::integer[]) as fired (workspace, name, due_at, attempt)
where timer.workspace = fired.workspace and timer.name = fired.name and timer.due_at = fired.due_at and timer.attempt = fired.attempt + 1
