select workspace, key_id, holder, holder_kind, roles, secret_hash, created_at, expires_at, revoked_at, groups, step_up_at
from planning.api_key
where workspace = $1
order by created_at, key_id
