insert into planning.calendar_feed (workspace, feed_id, person, groups, zone, environment, secret_hash, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
