-- In the order in which they are given, so that lists show them so; what is for a target that has gone is left out.
insert into planning.notification (
    workspace, id, target, event_id, position, topic, event_type, occurred_at, subject, body, payload, status, due_at)
select told.workspace, told.id, told.target, event_id, position, topic, event_type, occurred_at, subject, body, payload, 'waiting', due_at
from unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::text[], $11::json[], $12::timestamptz[])
    with ordinality as told (workspace, id, target, event_id, position, topic, event_type, occurred_at, subject, body, payload, due_at, place)
join planning.notification_target t on t.workspace = told.workspace and t.id = told.target
order by place
on conflict (workspace, id) do nothing
