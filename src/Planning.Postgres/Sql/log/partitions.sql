select log_partitions from planning.meta
