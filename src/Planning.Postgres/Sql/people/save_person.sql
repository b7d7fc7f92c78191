insert into planning.person (workspace, person, name, mail)
values ($1, $2, $3, $4)
on conflict (workspace, person) do update set name = excluded.name, mail = excluded.mail
