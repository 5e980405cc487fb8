-- What of a dialog cannot be read, one sentence; empty when it is sound.
alter table dialog_index add column damaged varchar(256) default '' not null;
