insert into planning.digest (workspace, cycle, json, markdown, position) values ($1, $2, $3, $4, $5)
on conflict (workspace, cycle) do update set json = excluded.json, markdown = excluded.markdown, position = excluded.position
