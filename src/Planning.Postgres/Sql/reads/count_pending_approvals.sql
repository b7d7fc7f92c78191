select count(*) from planning.refresh_view where status = 'REQUESTED'
