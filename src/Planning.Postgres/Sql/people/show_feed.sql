-- For this transaction alone: the row of the feed with this hash can be seen, and no other.
select set_config('planning.shown_feed', $1, true)
