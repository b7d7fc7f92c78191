drop table planning.gate_result;
