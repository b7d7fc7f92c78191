insert into planning.environment_view (workspace, id, tree, name, parent, owner_group, user_groups, zone, retired, created_position, created_at, maintenance)
select r.workspace, r.id, r.tree, r.name, r.parent, r.owner_group, r.user_groups::text[], r.zone, r.retired, r.created_position, r.created_at, r.maintenance
from unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::bigint[], $11::timestamptz[], $12::jsonb[])
    as r (workspace, id, tree, name, parent, owner_group, user_groups, zone, retired, created_position, created_at, maintenance)
on conflict (workspace, id) do update set
    tree = excluded.tree, name = excluded.name, parent = excluded.parent, owner_group = excluded.owner_group, user_groups = excluded.user_groups,
    zone = excluded.zone, retired = excluded.retired, maintenance = excluded.maintenance
