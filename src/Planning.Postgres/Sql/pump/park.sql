insert into planning.parked_event (consumer, partition, position, workspace, kind, entity, event_id, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (consumer, partition, position) do update set reason = excluded.reason
