-- Late is no harm as long as nobody else has taken it: the epoch is still ours.
update planning.lease set expires_at = clock_timestamp() + $3 where holder = $1 and epoch = $2
