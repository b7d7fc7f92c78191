update planning.signer_key set revoked_at = $3 where workspace = $1 and fingerprint = $2 and revoked_at is null
