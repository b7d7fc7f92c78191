-- For this transaction alone; row-level security reads it.
select set_config('planning.workspace', $1, true), set_config('planning.reads_audit', 'on', true)
