insert into planning.security_audit (
    workspace, event_type, action, outcome, actor, key_id, ip_address, user_agent, resource_type, resource_id, route, command_id, trace_id, suppressed, details)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
