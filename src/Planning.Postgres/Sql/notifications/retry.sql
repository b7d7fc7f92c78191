update planning.notification set status = 'waiting', due_at = $3, attempts = 0, failing_since = null where workspace = $1 and id = $2
