insert into planning.tracker_link (
    workspace, tracker, refresh, item, item_name, shown_version, shown_destroys, busy_with, busy_until, heard_revision, begun, ended, revision)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)
on conflict do nothing
