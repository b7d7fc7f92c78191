-- Who belongs to the cluster: what Orleans keeps of its own silos. The names of its query table, of the columns that it
-- reads and of the parameters that it sends are its contract; the tables behind them are ours. Silos alone connect as
-- this role, whose search path finds the query table.
do $$
begin
    create role planning_cluster nologin noinherit;
exception when duplicate_object or unique_violation then
    null;
end
$$;
do $$
begin
    if not pg_has_role(current_user, 'planning_cluster', 'member') then
        grant planning_cluster to current_user;
    end if;
end
$$;

create schema cluster;
revoke all on schema cluster from public;
grant usage on schema cluster to planning_cluster;

-- One row for each cluster. Its version is raised with every change of membership, which puts the changes in line.
create table cluster.membership_version (
    deployment  text        not null collate "C",
    version     integer     not null default 0,
    changed_at  timestamptz not null default now(),
    constraint membership_version_pk primary key (deployment)
);

create table cluster.membership (
    deployment    text        not null collate "C",
    address       text        not null collate "C",
    port          integer     not null,
    generation    integer     not null,
    silo_name     text        not null,
    host_name     text        not null,
    status        integer     not null,
    proxy_port    integer     not null,
    suspected_by  text,
    started_at    timestamptz not null,
    alive_at      timestamptz not null,
    constraint membership_pk primary key (deployment, address, port, generation),
    constraint membership_cluster foreign key (deployment) references cluster.membership_version (deployment)
);

create table cluster.orleansquery (
    querykey   text not null,
    querytext  text not null,
    constraint orleansquery_pk primary key (querykey)
);

grant select, insert, update, delete on cluster.membership_version, cluster.membership to planning_cluster;
grant select on cluster.orleansquery to planning_cluster;

insert into cluster.orleansquery (querykey, querytext) values
('InsertMembershipVersionKey', $sql$
with added as (
    insert into cluster.membership_version (deployment) values (@DeploymentId) on conflict do nothing returning 1
)
select count(*)::integer from added
$sql$),
('InsertMembershipKey', $sql$
with raised as (
    update cluster.membership_version v set version = version + 1, changed_at = now()
    where v.deployment = @DeploymentId and v.version = @Version
        and not exists (
            select from cluster.membership m
            where m.deployment = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation)
    returning v.deployment
),
added as (
    insert into cluster.membership (deployment, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
    select deployment, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from raised
    returning 1
)
select count(*)::integer from added
$sql$),
('UpdateMembershipKey', $sql$
with raised as (
    update cluster.membership_version v set version = version + 1, changed_at = now()
    where v.deployment = @DeploymentId and v.version = @Version
        and exists (
            select from cluster.membership m
            where m.deployment = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation)
    returning v.deployment
),
changed as (
    update cluster.membership m set status = @Status, suspected_by = @SuspectTimes, alive_at = @IAmAliveTime
    from raised
    where m.deployment = raised.deployment and m.address = @Address and m.port = @Port and m.generation = @Generation
    returning 1
)
select count(*)::integer from changed
$sql$),
('UpdateIAmAlivetimeKey', $sql$
update cluster.membership set alive_at = @IAmAliveTime
where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$sql$),
('MembershipReadRowKey', $sql$
select v.deployment as "DeploymentId", m.address as "Address", m.port as "Port", m.generation as "Generation", m.silo_name as "SiloName",
    m.host_name as "HostName", m.status as "Status", m.proxy_port as "ProxyPort", m.suspected_by as "SuspectTimes",
    m.started_at as "StartTime", m.alive_at as "IAmAliveTime", v.version as "Version"
from cluster.membership_version v
left join cluster.membership m on m.deployment = v.deployment and m.address = @Address and m.port = @Port and m.generation = @Generation
where v.deployment = @DeploymentId
$sql$),
('MembershipReadAllKey', $sql$
select v.deployment as "DeploymentId", m.address as "Address", m.port as "Port", m.generation as "Generation", m.silo_name as "SiloName",
    m.host_name as "HostName", m.status as "Status", m.proxy_port as "ProxyPort", m.suspected_by as "SuspectTimes",
    m.started_at as "StartTime", m.alive_at as "IAmAliveTime", v.version as "Version"
from cluster.membership_version v left join cluster.membership m on m.deployment = v.deployment
where v.deployment = @DeploymentId
$sql$),
('GatewaysQueryKey', $sql$
select address as "Address", proxy_port as "ProxyPort", generation as "Generation"
from cluster.membership
where deployment = @DeploymentId and status = @Status and proxy_port > 0
$sql$),
('CleanupDefunctSiloEntriesKey', $sql$
delete from cluster.membership where deployment = @DeploymentId and alive_at < @IAmAliveTime and status <> 3
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
with silos as (delete from cluster.membership where deployment = @DeploymentId)
delete from cluster.membership_version where deployment = @DeploymentId
$sql$);
