update planning.api_key set step_up_at = $3 where workspace = $1 and key_id = $2 and revoked_at is null
