select exists (select from planning.lease where epoch = $1)
