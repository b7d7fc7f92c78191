delete from planning.notification n
using unnest($1::text[], $2::text[]) as done (workspace, id)
where n.workspace = done.workspace and n.id = done.id and exists (select from planning.lease where epoch = $3)
