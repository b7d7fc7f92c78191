drop table planning.calendar_feed, planning.calendar_mark;
drop index planning.booking_view_calendar;
alter table planning.environment_view drop column maintenance;
