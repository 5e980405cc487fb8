-- What operators gave and what is to outlive every node: event subscriptions, alert rules.
create table kept_note (
  kind varchar not null,
  name varchar not null,
  written bigint not null,
  note varchar not null,
  primary key (kind, name)
);
