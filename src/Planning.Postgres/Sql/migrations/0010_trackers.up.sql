-- Which item of a tracker stands for which refresh, what it shows, and what was heard of it.

create table planning.tracker_link (
    workspace       text        not null collate "C",
    tracker         text        not null collate "C",
    refresh         text        not null collate "C",
    item            text                 collate "C",
    item_name       text,
    shown_version   bigint      not null,
    shown_destroys  text[]      not null,
    busy_with       text                 collate "C",
    busy_until      timestamptz,
    heard_revision  bigint      not null,
    begun           text                 collate "C",
    ended           text[]      not null,
    revision        bigint      not null,
    constraint tracker_link_pk primary key (workspace, tracker, refresh),
    constraint tracker_link_item_whole check ((item is null) = (item_name is null)),
    constraint tracker_link_busy_whole check ((busy_with is null) = (busy_until is null)),
    constraint tracker_link_shows_an_item check (shown_version = 0 or item is not null),
    constraint tracker_link_numbers check (shown_version >= 0 and revision > 0),
    constraint tracker_link_lists_not_null check (array_position(shown_destroys, null) is null and array_position(ended, null) is null)
);
-- An item stands for one refresh.
create unique index tracker_link_item on planning.tracker_link (workspace, tracker, item) where item is not null;

-- Both the reactor and the intake know whose tracker it is, and see that workspace alone.
alter table planning.tracker_link enable row level security;
alter table planning.tracker_link force row level security;
create policy own_workspace on planning.tracker_link to planning_request
    using (workspace = current_setting('planning.workspace', true))
    with check (workspace = current_setting('planning.workspace', true));
grant select, insert, update on planning.tracker_link to planning_request;
