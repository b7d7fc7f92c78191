drop table planning.booking_view, planning.environment_view;
alter table planning.api_key drop column groups;
