-- What is too old, beyond the bytes that a workspace keeps (the newest stay), or was found by other code than the present.
delete from planning.gate_result
where workspace = $1 and key in (
    select kept.key
    from (
        select key, validator, version, kept_at, sum(octet_length(findings)) over (order by kept_at desc, key) as bytes
        from planning.gate_result where workspace = $1
    ) as kept
    where kept.kept_at < $2 or kept.bytes > $3 or exists (
        select from unnest($4, $5) as present (validator, version)
        where present.validator = kept.validator and present.version <> kept.version))
