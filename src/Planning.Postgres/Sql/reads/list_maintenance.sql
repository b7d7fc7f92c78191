select id, name, zone, maintenance::text
from planning.environment_view
where workspace = @workspace and not retired and maintenance <> '[]'
    and id = @environment -- if environment
    and (owner_group = @group or @group = any(user_groups)) -- if group
