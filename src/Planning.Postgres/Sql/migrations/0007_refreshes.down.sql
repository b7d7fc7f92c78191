drop table planning.refresh_history, planning.refresh_view;
