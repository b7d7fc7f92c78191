select workspace, fingerprint, public_key_pem, person, role, valid_from, valid_to, revoked_at
from planning.signer_key
where workspace = $1
order by fingerprint
