select id, environment, type, level, status, starts_at, ends_at, requested_by, reason, notify_groups, requested_at, created_at, updated_at, created_position
from planning.refresh_view
where workspace = @workspace
    and created_position < @before
    and environment = @environment -- if environment
    and status = @status -- if status
    and type = @type -- if type
    and requested_by = @requested_by -- if requested_by
    and ends_at > @from -- if from
    and starts_at < @to -- if to
order by created_position desc
limit @limit
