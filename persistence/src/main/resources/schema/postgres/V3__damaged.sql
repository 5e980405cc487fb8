-- What of a dialog cannot be read, one sentence; empty when it is sound. Few are not.
alter table dialog_index add column damaged text not null default '';
create index dialog_index_damaged on dialog_index (started_at, dialog_key) where damaged <> '';
