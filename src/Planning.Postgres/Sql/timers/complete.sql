-- Only as it was claimed: not if it was set anew, nor if another claim came in between.
delete from planning.timer where workspace = $1 and name = $2 and due_at = $3 and attempt = $4 + 1
