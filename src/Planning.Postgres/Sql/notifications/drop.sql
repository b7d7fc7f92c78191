delete from planning.notification where workspace = $1 and id = $2
