alter table planning.blob alter column bytes set compression default;
