-- Compare-and-set: $13 is the revision that was read.
update planning.tracker_link
set item = $4, item_name = $5, shown_version = $6, shown_destroys = $7, busy_with = $8, busy_until = $9, heard_revision = $10, begun = $11, ended = $12,
    revision = revision + 1
where workspace = $1 and tracker = $2 and refresh = $3 and revision = $13
