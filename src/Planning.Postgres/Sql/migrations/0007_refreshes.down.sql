drop table planning.refresh_history, planning.refresh_view;
alter table planning.api_key drop column step_up_at;
