delete from planning.parked_event where consumer = $1 and partition = $2 and position = $3
