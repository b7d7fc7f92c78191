select partition, position from planning.partition_head
