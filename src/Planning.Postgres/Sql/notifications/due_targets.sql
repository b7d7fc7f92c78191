-- One look into an index for each target, however much waits for it.
select t.workspace, t.id, t.owner_group, t.name, t.channel, t.address, t.secret, t.created_by, t.created_at, t.outage_since, t.outage_error
from planning.notification_target t
cross join lateral (
    select from planning.notification n
    where n.workspace = t.workspace and n.target = t.id and n.status = 'waiting' and n.due_at <= $1
    limit 1
) due
