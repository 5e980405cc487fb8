-- What is indexed for searches beyond what every row is when it is written: a segment, or the part
-- of one whose rows were last heard of within these times.
create table dialog_index_run (
  segment integer not null,
  updated_from bigint not null,
  updated_to bigint not null,
  texts boolean not null,
  primary key (segment, updated_from)
);

-- Dialogs of more than an hour: few. Whole seconds, as no difference of them can be out of range.
alter table dialog_index add column long boolean
  generated always as (updated_at / 1000000000 - started_at / 1000000000 > 3600) stored;
create index dialog_index_long on dialog_index (started_at, dialog_key) where long;
