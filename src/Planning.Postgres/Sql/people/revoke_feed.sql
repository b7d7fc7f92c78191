update planning.calendar_feed set revoked_at = $4 where workspace = $1 and person = $2 and feed_id = $3 and revoked_at is null
