delete from planning.notification_target where workspace = $1 and id = $2
