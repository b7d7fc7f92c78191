select
    at, event_type, action, outcome, actor, key_id, host(ip_address), user_agent, resource_type, resource_id, route, command_id, trace_id, suppressed, details,
    created_position
from planning.security_audit
where workspace = @workspace
    and created_position < @before
    and event_type = @event_type -- if event_type
    and action = @action -- if action
    and outcome = @outcome -- if outcome
    and actor = @actor -- if actor
    and resource_type = @resource_type -- if resource_type
    and resource_id = @resource_id -- if resource_id
    and at >= @from -- if from
    and at < @to -- if to
order by created_position desc
limit @limit
