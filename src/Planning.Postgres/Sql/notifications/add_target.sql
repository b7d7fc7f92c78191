insert into planning.notification_target (workspace, id, owner_group, name, channel, address, secret, created_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
