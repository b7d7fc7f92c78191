insert into planning.api_key (workspace, key_id, holder, holder_kind, roles, secret_hash, created_at, expires_at, revoked_at, groups)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
