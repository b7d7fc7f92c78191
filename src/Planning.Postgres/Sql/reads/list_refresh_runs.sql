select refresh, number, environment, type, outcome, started_at, ended_at, ended_by, note, created_position
from planning.refresh_history
where workspace = @workspace
    and created_position < @before
    and environment = @environment -- if environment
    and refresh = @refresh -- if refresh
order by created_position desc
limit @limit
