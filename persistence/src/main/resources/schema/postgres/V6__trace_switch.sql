-- Trace switches that were flipped, and dynamic traces. Two of one name: the later one counts.
create table trace_switch (
  name text primary key,
  written bigint not null,
  entry bytea not null
);
