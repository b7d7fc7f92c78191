select json, markdown, position from planning.digest where workspace = $1 and cycle = $2
