-- $1 now, $2 how many, $3 until when the claim hides them, $4 the lease's epoch: whoever holds an older one gets nothing.
with due as (
    select workspace, name
    from planning.timer
    where visible_at <= $1 and exists (select from planning.lease where epoch = $4)
    order by visible_at
    limit $2
    for update skip locked
)
update planning.timer
set visible_at = $3, attempt = attempt + 1
from due
where timer.workspace = due.workspace and timer.name = due.name
returning timer.workspace, timer.name, timer.kind, timer.due_at, timer.payload, timer.attempt - 1
