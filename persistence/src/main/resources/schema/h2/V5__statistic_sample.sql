-- What the chosen statistics were: a row each time they were looked at, in milliseconds.
create table statistic_sample (
  sampled_at bigint primary key,
  statistics varbinary(16777216) not null
);
