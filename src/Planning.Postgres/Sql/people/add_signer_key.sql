insert into planning.signer_key (workspace, fingerprint, public_key_pem, person, role, valid_from, valid_to, revoked_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (workspace, fingerprint) do nothing
