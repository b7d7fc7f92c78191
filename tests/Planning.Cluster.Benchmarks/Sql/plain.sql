-- Tables of the plain Orleans way. The names of the query table, of the columns that are read and of the parameters that
-- are sent are the contract of Orleans' providers for ADO.NET; the tables behind them are ours, indexed as theirs are.
create schema plain;

create table plain.state (
    id_hash      integer      not null,
    id_n0        bigint       not null,
    id_n1        bigint       not null,
    type_hash    integer      not null,
    type         varchar(512) not null,
    extension    varchar(512),
    service      varchar(150) not null,
    payload      bytea,
    modified_at  timestamptz  not null,
    version      integer      not null
);

create index state_hashes on plain.state (id_hash, type_hash);

create sequence plain.message_id;

create table plain.message (
    service      varchar(150) not null,
    provider     varchar(150) not null,
    queue        varchar(150) not null,
    id           bigint       not null default nextval('plain.message_id'),
    dequeued     integer      not null default 0,
    visible_at   timestamptz  not null,
    expires_at   timestamptz  not null,
    created_at   timestamptz  not null default now(),
    modified_at  timestamptz  not null default now(),
    payload      bytea        not null,
    constraint message_pk primary key (service, provider, queue, id)
);

create table plain.orleansquery (
    querykey   text not null,
    querytext  text not null,
    constraint orleansquery_pk primary key (querykey)
);

insert into plain.orleansquery (querykey, querytext) values
('WriteToStorageKey', $sql$
with changed as (
    update plain.state set payload = @PayloadBinary, modified_at = now(), version = version + 1
    where id_hash = @GrainIdHash and type_hash = @GrainTypeHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
        and type = @GrainTypeString and extension is not distinct from @GrainIdExtensionString::varchar
        and service = @ServiceId and version = @GrainStateVersion::integer
    returning version
),
added as (
    insert into plain.state (id_hash, id_n0, id_n1, type_hash, type, extension, service, payload, modified_at, version)
    select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString::varchar, @ServiceId, @PayloadBinary, now(), 1
    where @GrainStateVersion::integer is null
        and not exists (
            select from plain.state
            where id_hash = @GrainIdHash and type_hash = @GrainTypeHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
                and type = @GrainTypeString and extension is not distinct from @GrainIdExtensionString::varchar and service = @ServiceId)
    returning version
)
select coalesce((select version from changed), (select version from added), @GrainStateVersion::integer) as "NewGrainStateVersion"
$sql$),
('ReadFromStorageKey', $sql$
select payload as "PayloadBinary", version as "Version"
from plain.state
where id_hash = @GrainIdHash and type_hash = @GrainTypeHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
    and type = @GrainTypeString and extension is not distinct from @GrainIdExtensionString::varchar and service = @ServiceId
$sql$),
('ClearStorageKey', $sql$
update plain.state set payload = null, modified_at = now(), version = version + 1
where id_hash = @GrainIdHash and type_hash = @GrainTypeHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
    and type = @GrainTypeString and extension is not distinct from @GrainIdExtensionString::varchar
    and service = @ServiceId and version = @GrainStateVersion::integer
returning version as "NewGrainStateVersion"
$sql$),
('QueueStreamMessageKey', $sql$
insert into plain.message (service, provider, queue, visible_at, expires_at, payload)
values (@ServiceId, @ProviderId, @QueueId, now(), now() + make_interval(secs => @ExpiryTimeout), @Payload)
returning service as "ServiceId", provider as "ProviderId", queue as "QueueId", id as "MessageId"
$sql$),
('GetStreamMessagesKey', $sql$
with batch as (
    select service, provider, queue, id
    from plain.message
    where service = @ServiceId and provider = @ProviderId and queue = @QueueId
        and dequeued < @MaxAttempts and visible_at <= now() and expires_at > now()
    order by service, provider, queue, id
    limit @MaxCount
    for update
)
update plain.message m
set dequeued = m.dequeued + 1, visible_at = now() + make_interval(secs => @VisibilityTimeout), modified_at = now()
from batch b
where m.service = b.service and m.provider = b.provider and m.queue = b.queue and m.id = b.id
returning m.service as "ServiceId", m.provider as "ProviderId", m.queue as "QueueId", m.id as "MessageId", m.dequeued as "Dequeued",
    m.visible_at as "VisibleOn", m.expires_at as "ExpiresOn", m.created_at as "CreatedOn", m.modified_at as "ModifiedOn", m.payload as "Payload"
$sql$),
('ConfirmStreamMessagesKey', $sql$
with item as (
    select split_part(pair, ':', 1)::bigint as id, split_part(pair, ':', 2)::integer as dequeued
    from unnest(string_to_array(@Items, '|')) pair
),
released as (
    update plain.message m set visible_at = now(), modified_at = now()
    from item i
    where m.service = @ServiceId and m.provider = @ProviderId and m.queue = @QueueId and m.id = i.id and m.dequeued = -i.dequeued
    returning m.id
),
confirmed as (
    delete from plain.message m
    using item i
    where m.service = @ServiceId and m.provider = @ProviderId and m.queue = @QueueId and m.id = i.id and m.dequeued = i.dequeued
    returning m.id
)
select @ServiceId::varchar as "ServiceId", @ProviderId::varchar as "ProviderId", @QueueId::varchar as "QueueId", id as "MessageId"
from (select id from released union all select id from confirmed) done
$sql$),
('FailStreamMessageKey', $sql$
update plain.message set visible_at = now(), modified_at = now()
where service = @ServiceId and provider = @ProviderId and queue = @QueueId and id = @MessageId and dequeued < @MaxAttempts
$sql$),
('EvictStreamMessagesKey', $sql$
delete from plain.message
where service = @ServiceId and provider = @ProviderId and queue = @QueueId and visible_at <= now() and (dequeued >= @MaxAttempts or expires_at <= now())
$sql$),
-- What cannot be delivered is not kept apart, so there is nothing to remove.
('EvictStreamDeadLettersKey', $sql$
select 1 where false
$sql$);
