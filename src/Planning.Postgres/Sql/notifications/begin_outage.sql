-- Says whether it is new; while it lasts, only the error is replaced.
with before as (
    select outage_since from planning.notification_target where workspace = $1 and id = $2 for update
)
update planning.notification_target t
set outage_since = coalesce(before.outage_since, $3), outage_error = $4
from before
where t.workspace = $1 and t.id = $2 and exists (select from planning.lease where epoch = $5)
returning before.outage_since is null
