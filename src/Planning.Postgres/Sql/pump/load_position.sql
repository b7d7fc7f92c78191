select position from planning.consumer_position where consumer = $1 and partition = $2
