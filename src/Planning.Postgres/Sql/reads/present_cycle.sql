select id from planning.cycle_view where workspace = $1 and open order by created_position desc limit 1
