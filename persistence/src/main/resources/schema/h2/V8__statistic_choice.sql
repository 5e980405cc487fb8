-- Which statistics are recorded, a line each; one row, or none while the configuration decides.
create table statistic_choice (
  id smallint primary key,
  names varchar not null
);
