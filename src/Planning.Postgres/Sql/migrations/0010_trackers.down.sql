drop table planning.tracker_link;
