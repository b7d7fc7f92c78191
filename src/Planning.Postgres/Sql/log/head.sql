select position from planning.partition_head where partition = $1
