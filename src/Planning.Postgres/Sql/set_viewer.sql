-- For this transaction alone; row-level security reads it.
select
    set_config('planning.workspace', $1, true), set_config('planning.person', $2, true),
    set_config('planning.groups', $3::text[]::text, true), set_config('planning.sees_all', case when $4 then 'on' else 'off' end, true)
