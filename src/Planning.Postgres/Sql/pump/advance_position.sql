-- Compare-and-set: $3 must be where the consumer stands ($4 is where to), and $5 the epoch of the lease. The epoch is
-- kept with the position, so that one move by a new holder shuts the old one out even where it reads an old lease row.
insert into planning.consumer_position as own (consumer, partition, position, lease_epoch)
select $1, $2, $4, $5
where exists (select from planning.lease where epoch = $5)
    and ($3 = 0 or exists (select from planning.consumer_position where consumer = $1 and partition = $2))
on conflict (consumer, partition) do update
set position = excluded.position, lease_epoch = excluded.lease_epoch
where own.position = $3 and own.lease_epoch <= $5
