select exists (
    select from planning.api_key where workspace = $1 and holder = $2 and revoked_at is null and (expires_at is null or expires_at > $3))
