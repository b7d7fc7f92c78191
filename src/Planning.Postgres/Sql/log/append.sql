-- One batch, one round trip: advances the partition's head by $2 and inserts as many events, in the order of the
-- arrays. The head's row lock puts batches of several processes in line, so positions are gapless in commit order.
-- Set-returning functions in the select list advance together and, unlike in FROM, are not spooled first.
with head as (
    update planning.partition_head set position = position + $2 where partition = $1 returning position - $2 as before
),
written as (
    insert into planning.event (
        position, partition, workspace, kind, entity, version, event_id, type, schema_version,
        command_id, command_hash, at, data, meta)
    select head.before + generate_series(1, $2), $1,
        unnest($3::text[]), unnest($4::smallint[]), unnest($5::text[]), unnest($6::bigint[]), unnest($7::text[]), unnest($8::text[]), unnest($9::integer[]),
        unnest($10::text[]), unnest($11::bigint[]), unnest($12::timestamptz[]), unnest($13::json[]), unnest($14::json[])
    from head
    returning 1
)
select head.before, case when sent.rows = $2 then sent.rows else planning.refuse(format('%s events of %s were written', sent.rows, $2)) end
from head, (select count(*) as rows from written) as sent
