drop schema cluster cascade;
