-- Of a topic whose next is not due yet there is nothing: it would overtake.
select workspace, id, target, event_id, position, topic, event_type, occurred_at, subject, body, payload, status, due_at, attempts, failing_since, last_error
from planning.notification n
where workspace = $1 and target = $2 and status = 'waiting' and due_at <= $3
    and not exists (
        select from planning.notification earlier
        where earlier.workspace = n.workspace and earlier.target = n.target and earlier.topic = n.topic and earlier.status = 'waiting'
            and earlier.position < n.position and earlier.due_at > $3
    )
order by position
limit $4
