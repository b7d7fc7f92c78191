select id, tree, name, parent, owner_group, user_groups, zone, retired, created_at, created_position
from planning.environment_view
where workspace = @workspace
    and created_position < @before
    and tree = @tree -- if tree
    and owner_group = @owner_group -- if owner_group
    and retired = @retired -- if retired
order by created_position desc
limit @limit
