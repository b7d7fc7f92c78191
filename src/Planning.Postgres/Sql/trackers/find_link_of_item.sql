select refresh, item, item_name, shown_version, shown_destroys, busy_with, busy_until, heard_revision, begun, ended, revision
from planning.tracker_link where workspace = $1 and tracker = $2 and item = $3
