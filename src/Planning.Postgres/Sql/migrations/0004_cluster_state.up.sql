-- What Orleans keeps besides its members: reminders, which wake grains whose silo is gone, and the little state that such
-- grains have of their own. As in 0003, the names in its queries are its contract and the tables behind them are ours; a
-- state is one row by its primary key, so that of two silos that write it first only one does.
create table cluster.reminder (
    service     text        not null collate "C",
    grain       text        not null collate "C",
    name        text        not null collate "C",
    starts_at   timestamptz not null,
    period_ms   bigint      not null,
    grain_hash  integer     not null,
    version     integer     not null default 0,
    constraint reminder_pk primary key (service, grain, name)
);
create index reminder_hash on cluster.reminder (service, grain_hash);

create table cluster.grain_state (
    service     text        not null collate "C",
    grain_type  text        not null collate "C",
    grain_n0    bigint      not null,
    grain_n1    bigint      not null,
    grain_text  text        not null collate "C",
    payload     bytea,
    version     integer     not null default 1,
    changed_at  timestamptz not null default now(),
    constraint grain_state_pk primary key (service, grain_type, grain_n0, grain_n1, grain_text)
);

grant select, insert, update, delete on cluster.reminder, cluster.grain_state to planning_cluster;

insert into cluster.orleansquery (querykey, querytext) values
('UpsertReminderRowKey', $sql$
insert into cluster.reminder as r (service, grain, name, starts_at, period_ms, grain_hash)
values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash)
on conflict (service, grain, name) do update set
    starts_at = excluded.starts_at, period_ms = excluded.period_ms, grain_hash = excluded.grain_hash, version = r.version + 1
returning r.version as "Version"
$sql$),
('ReadReminderRowsKey', $sql$
select grain as "GrainId", name as "ReminderName", starts_at as "StartTime", period_ms as "Period", version as "Version"
from cluster.reminder
where service = @ServiceId and grain = @GrainId
$sql$),
('ReadReminderRowKey', $sql$
select grain as "GrainId", name as "ReminderName", starts_at as "StartTime", period_ms as "Period", version as "Version"
from cluster.reminder
where service = @ServiceId and grain = @GrainId and name = @ReminderName
$sql$),
('ReadRangeRows1Key', $sql$
select grain as "GrainId", name as "ReminderName", starts_at as "StartTime", period_ms as "Period", version as "Version"
from cluster.reminder
where service = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$sql$),
('ReadRangeRows2Key', $sql$
select grain as "GrainId", name as "ReminderName", starts_at as "StartTime", period_ms as "Period", version as "Version"
from cluster.reminder
where service = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$sql$),
('DeleteReminderRowKey', $sql$
with deleted as (
    delete from cluster.reminder
    where service = @ServiceId and grain = @GrainId and name = @ReminderName and version = @Version
    returning 1
)
select count(*)::integer from deleted
$sql$),
('DeleteReminderRowsKey', $sql$
delete from cluster.reminder where service = @ServiceId
$sql$),
-- The answer of a write is the state's new version, or the one that the writer holds where it is no longer the present one.
('WriteToStorageKey', $sql$
with added as (
    insert into cluster.grain_state (service, grain_type, grain_n0, grain_n1, grain_text, payload)
    select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary
    where @GrainStateVersion::integer is null
    on conflict do nothing
    returning version
),
changed as (
    update cluster.grain_state set payload = @PayloadBinary, version = version + 1, changed_at = now()
    where service = @ServiceId and grain_type = @GrainTypeString and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
        and grain_text = coalesce(@GrainIdExtensionString, '') and version = @GrainStateVersion::integer
    returning version
)
select coalesce((select version from added), (select version from changed), @GrainStateVersion::integer) as "NewGrainStateVersion"
$sql$),
('ReadFromStorageKey', $sql$
select payload as "PayloadBinary", now() as "ReadAt", version as "Version"
from cluster.grain_state
where service = @ServiceId and grain_type = @GrainTypeString and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
    and grain_text = coalesce(@GrainIdExtensionString, '')
$sql$),
('ClearStorageKey', $sql$
update cluster.grain_state set payload = null, version = version + 1, changed_at = now()
where service = @ServiceId and grain_type = @GrainTypeString and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
    and grain_text = coalesce(@GrainIdExtensionString, '') and version = @GrainStateVersion
returning version as "NewGrainStateVersion"
$sql$),
('DeleteStorageKey', $sql$
delete from cluster.grain_state
where service = @ServiceId and grain_type = @GrainTypeString and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
    and grain_text = coalesce(@GrainIdExtensionString, '') and version = @GrainStateVersion
returning version + 1 as "NewGrainStateVersion"
$sql$);
