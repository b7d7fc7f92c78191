select workspace, id, target, event_id, position, topic, event_type, occurred_at, subject, body, payload, status, due_at, attempts, failing_since, last_error, number
from planning.notification
where workspace = @workspace
    and number < @before
    and status = @status -- if status
    and target = @target -- if target
    and id = @id -- if id
order by number desc
limit @limit
