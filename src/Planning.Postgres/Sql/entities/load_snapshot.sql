select version, state
from planning.snapshot
where entity = $1 and workspace = $2 and kind = $3 and fold_version = $4
