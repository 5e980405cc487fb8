-- The journal and the index in segments, which are partitions that follow each other in time: a row
-- is in the segment that was open when it was written, and leaves with it. The columns of the
-- journal are those that are used: nothing reads by a global order, and events are not deleted
-- one by one.

create table journal_segment (
  segment integer primary key,
  opened_at timestamptz not null default now()
);
insert into journal_segment (segment) values (0);

alter table event_journal rename to event_journal_v1;
alter index event_journal_pkey rename to event_journal_v1_pkey;
alter table dialog_index rename to dialog_index_v1;
alter index dialog_index_pkey rename to dialog_index_v1_pkey;
drop index dialog_index_started, dialog_index_updated, dialog_index_call_id;

create table event_journal (
  sequence_number bigint not null,
  write_timestamp bigint not null,
  segment integer not null,
  event_ser_id integer not null,
  persistence_id varchar(255) collate "C" not null,
  writer varchar(255) not null,
  event_ser_manifest varchar(255) not null,
  event_payload bytea not null
) partition by list (segment);

-- Payloads are compressed already.
alter table event_journal alter column event_payload set storage external;

-- One row a dialog: columns to search by, and the summary that an answer is made of. Keys compare
-- by their bytes, as they are printable ASCII.
--
-- No index has a column that every message changes: a row is then updated within its page, and no
-- index hears of it. By the time of its last message a row is found by the step of 2^36 ns (69 s) of
-- it; updated_step comes with the row, as it is written.
create table dialog_index (
  started_at bigint not null,
  updated_at bigint not null,
  updated_step integer generated always as ((updated_at >> 36)::integer) stored,
  expires_at bigint,
  messages bigint not null,
  write_timestamp bigint not null,
  segment integer not null,
  status integer,
  dialog_key varchar(255) collate "C" not null,
  phase varchar(16) not null,
  method varchar(256) not null,
  caller varchar(256) not null,
  callee varchar(256) not null,
  trunk varchar(256) not null,
  addresses text not null,
  agents text not null,
  search_text text not null,
  call_id varchar(256) not null,
  summary bytea not null
) partition by list (segment);

create index dialog_index_started on dialog_index (started_at, dialog_key);
create index dialog_index_updated on dialog_index (updated_step);

-- Call-IDs that are not their own key (long, or not printable ASCII): few.
create index dialog_index_call_id on dialog_index (call_id) where call_id <> '';

-- As the node makes the next ones (PostgresSegments).
create table event_journal_0 partition of event_journal (
  primary key (persistence_id, sequence_number)
) for values in (0) with (autovacuum_enabled = off);
create table dialog_index_0 partition of dialog_index (
  primary key (dialog_key)
) for values in (0) with (fillfactor = 60);

insert into event_journal (persistence_id, sequence_number, writer, write_timestamp, segment,
  event_ser_id, event_ser_manifest, event_payload)
select persistence_id, sequence_number, writer, coalesce(write_timestamp, 0), 0,
  event_ser_id, event_ser_manifest, event_payload
from event_journal_v1;

insert into dialog_index (dialog_key, started_at, updated_at, expires_at, phase, method, caller,
  callee, trunk, status, addresses, agents, search_text, call_id, messages, summary,
  write_timestamp, segment)
select dialog_key, started_at, updated_at, expires_at, phase, method, caller, callee, trunk,
  status, addresses, agents, search_text, call_id, messages, summary,
  (extract(epoch from now()) * 1000)::bigint, 0
from dialog_index_v1;

drop table event_journal_v1, dialog_index_v1;
