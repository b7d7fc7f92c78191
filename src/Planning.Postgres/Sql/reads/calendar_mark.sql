select position from planning.calendar_mark where workspace = $1
