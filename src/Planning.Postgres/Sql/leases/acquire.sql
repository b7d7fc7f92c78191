-- By the database's clock alone; those of the processes may differ.
update planning.lease
set holder = $1, epoch = epoch + 1, expires_at = clock_timestamp() + $2
where expires_at < clock_timestamp()
returning epoch
