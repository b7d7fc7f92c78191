with before as (
    select outage_since, outage_error from planning.notification_target where workspace = $1 and id = $2 for update
)
update planning.notification_target t
set outage_since = null, outage_error = null
from before
where t.workspace = $1 and t.id = $2 and before.outage_since is not null and exists (select from planning.lease where epoch = $3)
returning before.outage_since, before.outage_error
