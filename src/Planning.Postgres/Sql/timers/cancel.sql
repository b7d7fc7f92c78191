delete from planning.timer where workspace = $1 and name = $2
