insert into planning.timer (workspace, name, kind, due_at, visible_at, payload)
values ($1, $2, $3, $4, $4, $5)
on conflict (workspace, name) do update
set kind = excluded.kind, due_at = excluded.due_at, visible_at = excluded.visible_at, payload = excluded.payload, attempt = 0
