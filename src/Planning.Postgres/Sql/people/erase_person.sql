delete from planning.person where workspace = $1 and person = $2
