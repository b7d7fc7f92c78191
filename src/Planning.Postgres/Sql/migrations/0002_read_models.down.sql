drop table planning.digest, planning.cycle_view, planning.manifest_view, planning.gate_run_view, planning.plan_word, planning.plan_tag, planning.plan_view;
delete from planning.consumer_position where consumer = 'read-models';
