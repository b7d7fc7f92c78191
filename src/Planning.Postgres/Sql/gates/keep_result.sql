-- What is lost of a cache is computed again: nobody waits for the disk.
with unhurried as (select set_config('synchronous_commit', 'off', true))
insert into planning.gate_result (workspace, key, validator, version, kept_at, findings)
select $1, $2, $3, $4, $5, $6 from unhurried
on conflict on constraint gate_result_pk do update
set validator = excluded.validator, version = excluded.version, kept_at = excluded.kept_at, findings = excluded.findings
