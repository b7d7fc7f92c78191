select workspace, feed_id, person, groups, zone, environment, secret_hash, created_at, revoked_at
from planning.calendar_feed
where workspace = $1 and person = $2 and revoked_at is null
order by created_at, feed_id
