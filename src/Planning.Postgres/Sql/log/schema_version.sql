select coalesce(max(number), 0) from planning.migration
