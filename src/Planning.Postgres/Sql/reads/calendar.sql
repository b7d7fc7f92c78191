-- A line that ends in "-- if NAME" is sent only when that filter is given. Mark and rows are of one moment. Nothing lasts
-- longer than what lies between @earliest and @from, so that a range is found by the beginnings of what overlaps it.
with booked as (
    select id, 'booking' as kind, starts_at, ends_at, environment, mode as type, null::text as status, booked_by as person, coalesce(purpose, release) as text, created_at as changed_at
    from planning.booking_view
    where workspace = @workspace and not cancelled and starts_at >= @earliest and starts_at < @to and ends_at > @from
        and false -- if no_bookings
        and starts_at >= @after and (starts_at > @after or id > @after_id) -- if after
        and environment = @environment -- if environment
        and environment = any (array(select e.id from planning.environment_view e where e.workspace = @workspace and (e.owner_group = @group or @group = any(e.user_groups)))) -- if group
    order by starts_at, id
    limit @limit
), refreshed as (
    select id, 'refresh' as kind, starts_at, ends_at, environment, type, status, requested_by as person, reason as text, updated_at as changed_at
    from planning.refresh_view
    where workspace = @workspace and status not in ('CANCELLED', 'COMPLETED', 'FAILED') and status <> 'ROLLED_BACK' and starts_at >= @earliest and starts_at < @to and ends_at > @from
        and false -- if no_refreshes
        and starts_at >= @after and (starts_at > @after or id > @after_id) -- if after
        and environment = @environment -- if environment
        and status = @status -- if status
        and environment = any (array(select e.id from planning.environment_view e where e.workspace = @workspace and (e.owner_group = @group or @group = any(e.user_groups)))) -- if group
    order by starts_at, id
    limit @limit
), page as (
    select * from booked union all select * from refreshed order by starts_at, id limit @limit
)
select coalesce(m.position, 0), p.id, p.kind, p.starts_at, p.ends_at, p.environment, p.type, p.status, p.person, p.text, p.changed_at, e.name
from (select (select position from planning.calendar_mark where workspace = @workspace) as position) m
left join page p on true
left join planning.environment_view e on e.workspace = @workspace and e.id = p.environment
order by p.starts_at, p.id
