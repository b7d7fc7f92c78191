alter table planning.plan_tag
    add constraint plan_tag_plan foreign key (workspace, created_position) references planning.plan_view (workspace, created_position) on delete cascade;
alter table planning.plan_word
    add constraint plan_word_plan foreign key (workspace, created_position) references planning.plan_view (workspace, created_position) on delete cascade;
