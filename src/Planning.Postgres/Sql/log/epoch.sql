-- What tells this log from one that has lost its tail: the cluster, its timeline (raised by failover and by
-- point-in-time recovery), the database in it, and what an operator renews after restoring a copy of the files.
-- The timeline is taken from the WAL being written now, because the control file learns of it only at the next
-- checkpoint. On a standby this fails: the log is written on a primary.
select concat_ws('.',
    (select system_identifier from pg_control_system()),
    ltrim(left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), '0'),
    (select oid from pg_database where datname = current_database()),
    left(instance::text, 8))
from planning.meta
