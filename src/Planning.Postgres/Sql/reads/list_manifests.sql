select id, plan, number, digest, signatures, sealed, supersedes, created_at, sealed_at, created_position
from planning.manifest_view
where workspace = @workspace
    and created_position < @before
    and plan = @plan -- if plan
order by created_position desc
limit @limit
