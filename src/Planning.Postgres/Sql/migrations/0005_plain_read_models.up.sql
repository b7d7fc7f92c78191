-- What belongs to a plan is written in the transaction that writes the plan, by the projection alone, and can be made
-- again from the log. Looking the plan up and locking it for each word cost more than storing the word.
alter table planning.plan_tag drop constraint plan_tag_plan;
alter table planning.plan_word drop constraint plan_word_plan;
