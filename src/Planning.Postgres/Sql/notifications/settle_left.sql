update planning.notification n
set status = tried.status, due_at = tried.due_at, attempts = tried.attempts, failing_since = tried.failing_since, last_error = tried.last_error
from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::integer[], $6::timestamptz[], $7::text[])
    as tried (workspace, id, status, due_at, attempts, failing_since, last_error)
where n.workspace = tried.workspace and n.id = tried.id and exists (select from planning.lease where epoch = $8)
