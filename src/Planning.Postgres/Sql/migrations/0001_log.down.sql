-- The way back to an empty schema. The roles stay: they belong to the cluster, and here they hold nothing any more.
drop table planning.person, planning.signer_key, planning.api_key, planning.parked_event, planning.consumer_position,
    planning.lease, planning.timer, planning.blob, planning.snapshot, planning.event, planning.partition_head, planning.meta;
drop function planning.refuse_change();
drop function planning.refuse(text);
revoke usage on schema planning from planning_writer, planning_consumer, planning_request;
