-- Of the workspaces in $1, as far as whoever asks sees their targets.
select s.workspace, s.id, s.target, t.owner_group, s.events, s.environments, s.groups, s.created_by, s.created_at
from planning.notification_subscription s
join planning.notification_target t on t.workspace = s.workspace and t.id = s.target
where s.workspace = any ($1)
order by s.created_at, s.id
