insert into planning.manifest_view (workspace, id, plan, number, digest, signatures, sealed, supersedes, created_position, created_at, sealed_at)
select * from unnest(
    $1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::integer[], $7::boolean[], $8::text[], $9::bigint[], $10::timestamptz[], $11::timestamptz[])
on conflict (workspace, id) do update set signatures = excluded.signatures, sealed = excluded.sealed, sealed_at = excluded.sealed_at
