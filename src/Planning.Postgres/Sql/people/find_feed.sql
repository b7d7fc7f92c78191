select workspace, feed_id, person, groups, zone, environment, secret_hash, created_at, revoked_at
from planning.calendar_feed
where secret_hash = $1
