select id, name, starts_on, ends_on, open, next_cycle, opened_at, closed_at, created_position
from planning.cycle_view
where workspace = @workspace
    and created_position < @before
    and open = @open -- if open
order by created_position desc
limit @limit
