insert into planning.notification_subscription (workspace, id, target, events, environments, groups, created_by, created_at)
select $1, $2, $3, $4, $5, $6, $7, $8
where exists (select from planning.notification_target where workspace = $1 and id = $3)
