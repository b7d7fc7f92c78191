select position, partition, workspace, kind, entity, version, event_id, type, schema_version, command_id, command_hash, at, data, meta
from planning.event
where workspace = $1 and position > $2
order by position
limit $3
