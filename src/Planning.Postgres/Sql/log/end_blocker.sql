-- Ends the session that holds a partition's head row: the row's xmax is the transaction that has locked it.
select l.pid, a.application_name, a.state, now() - a.xact_start as open_for, pg_terminate_backend(l.pid) as ended
from planning.partition_head h
join pg_locks l on l.locktype = 'transactionid' and l.transactionid = h.xmax and l.granted
join pg_stat_activity a on a.pid = l.pid
where h.partition = $1 and l.pid <> pg_backend_pid()
