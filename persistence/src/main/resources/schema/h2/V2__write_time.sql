-- What is kept by age needs its age, and columns that nobody reads go.
alter table event_journal drop column ordering;
alter table event_journal drop column deleted;
alter table event_journal drop column adapter_manifest;
alter table event_journal drop column meta_payload;
alter table event_journal drop column meta_ser_id;
alter table event_journal drop column meta_ser_manifest;
alter table dialog_index add column write_timestamp bigint default 0 not null;
update dialog_index set write_timestamp = datediff(millisecond, timestamp with time zone '1970-01-01 00:00:00+00', current_timestamp);
