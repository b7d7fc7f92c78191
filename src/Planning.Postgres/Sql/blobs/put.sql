insert into planning.blob (workspace, hash, size, bytes)
values ($1, $2, octet_length($3), $3)
on conflict (workspace, hash) do nothing
