select id, environment, mode, starts_at, ends_at, booked_by, plan, release, purpose, cancelled, created_at, created_position
from planning.booking_view
where workspace = @workspace
    and created_position < @before
    and id = @id -- if id
    and environment = @environment -- if environment
    and booked_by = @booked_by -- if booked_by
    and plan = @plan -- if plan
    and ends_at > @from -- if from
    and starts_at < @to -- if to
    and cancelled = @cancelled -- if cancelled
order by created_position desc
limit @limit
