select findings from planning.gate_result where workspace = $1 and key = $2 and kept_at >= $3
