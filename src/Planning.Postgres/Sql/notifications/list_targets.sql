select workspace, id, owner_group, name, channel, address, secret, created_by, created_at, outage_since, outage_error
from planning.notification_target
where workspace = $1
order by created_at, id
