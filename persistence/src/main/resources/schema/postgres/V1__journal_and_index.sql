-- The journal as pekko-persistence-jdbc 1.1.1 reads and writes it. Lean: dialogs carry no tags, and
-- nothing reads by "ordering", so there is neither a tag table nor an index on it.
create table event_journal (
  ordering bigserial,
  persistence_id varchar(255) collate "C" not null,
  sequence_number bigint not null,
  deleted boolean default false not null,
  writer varchar(255) not null,
  write_timestamp bigint,
  adapter_manifest varchar(255),
  event_ser_id integer not null,
  event_ser_manifest varchar(255) not null,
  event_payload bytea not null,
  meta_ser_id integer,
  meta_ser_manifest varchar(255),
  meta_payload bytea,
  primary key (persistence_id, sequence_number)
);

-- Compressing each payload costs more processor time than its bytes are worth.
alter table event_journal alter column event_payload set storage external;

-- One row a dialog: columns to search by, and the summary that an answer is made of. Keys compare
-- by their bytes, as they are printable ASCII.
create table dialog_index (
  dialog_key varchar(255) collate "C" primary key,
  started_at bigint not null,
  updated_at bigint not null,
  expires_at bigint,
  phase varchar(16) not null,
  method varchar(256) not null,
  caller varchar(256) not null,
  callee varchar(256) not null,
  trunk varchar(256) not null,
  status integer,
  addresses text not null,
  agents text not null,
  search_text text not null,
  call_id varchar(256) not null,
  messages bigint not null,
  summary bytea not null
);

create index dialog_index_started on dialog_index (started_at, dialog_key);
create index dialog_index_updated on dialog_index (updated_at, dialog_key);

-- Call-IDs that are not their own key (long, or not printable ASCII): few.
create index dialog_index_call_id on dialog_index (call_id) where call_id <> '';
