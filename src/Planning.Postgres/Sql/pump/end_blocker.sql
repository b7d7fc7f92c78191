-- Ends the session that holds a consumer's position, for the holder of the lease alone: an earlier holder that is frozen
-- in the middle of a batch keeps the row's lock, and nothing but its end gives that back.
select l.pid, a.application_name, a.state, now() - a.xact_start as open_for, pg_terminate_backend(l.pid) as ended
from planning.consumer_position p
join pg_locks l on l.locktype = 'transactionid' and l.transactionid = p.xmax and l.granted
join pg_stat_activity a on a.pid = l.pid
where p.consumer = $1 and p.partition = $2 and l.pid <> pg_backend_pid() and exists (select from planning.lease where epoch = $3)
