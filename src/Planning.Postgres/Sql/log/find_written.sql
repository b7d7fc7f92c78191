-- Which of these first versions the log has, and as which event: $1 the places in the caller's list.
select wanted.place, event.event_id, event.position
from unnest($1::integer[], $2::text[], $3::smallint[], $4::text[], $5::bigint[]) as wanted (place, workspace, kind, entity, version)
join planning.event using (entity, workspace, kind, version)
