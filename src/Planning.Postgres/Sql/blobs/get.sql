select bytes from planning.blob where workspace = $1 and hash = $2
