select position, partition, workspace, kind, entity, version, event_id, type, schema_version, command_id, command_hash, at, data, meta
from planning.event
where entity = $1 and workspace = $2 and kind = $3 and version > $4
order by version
