select min(visible_at) from planning.timer
