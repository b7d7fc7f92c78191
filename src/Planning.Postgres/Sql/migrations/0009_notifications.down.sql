drop table planning.notification, planning.notification_subscription, planning.notification_target;
