select partition, position, workspace, kind, entity, event_id, reason
from planning.parked_event
where consumer = $1
order by partition, position
