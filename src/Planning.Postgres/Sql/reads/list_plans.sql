-- A line that ends in "-- if NAME" is sent only when that filter is given.
select v.id, v.title, v.stream, v.status, v.priority, v.author, v.cycle, v.tags, v.task_count, v.points, v.pending, v.manifest,
    v.content_hash, v.version, v.position, v.created_at, v.updated_at, v.created_position
from planning.plan_view v
where v.workspace = @workspace
    and v.created_position < @before
    and v.status = @status -- if status
    and v.stream = @stream -- if stream
    and v.cycle = @cycle -- if cycle
    and v.author = @author -- if author
    and v.priority = @priority -- if priority
    and exists (select from planning.plan_tag t where t.workspace = v.workspace and t.created_position = v.created_position and t.created_position < @before and t.name = @tag_name and t.value = @tag_value) -- if tag
    and exists (select from planning.plan_word w where w.workspace = v.workspace and w.created_position = v.created_position and w.word >= @word and w.word < @word || chr(1114111)) -- if word
    and not exists (select from unnest(@more_words) more where not exists (select from planning.plan_word w where w.workspace = v.workspace and w.created_position = v.created_position and w.word >= more and w.word < more || chr(1114111))) -- if more_words
order by v.created_position desc
limit @limit
