-- $1: the process that tells; $2: the partition.
select pg_notify('planning_log', format('%s %s', $1::text, $2::integer))
