delete from planning.notification_subscription where workspace = $1 and id = $2
