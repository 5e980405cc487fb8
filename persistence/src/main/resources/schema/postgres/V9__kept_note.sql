-- What operators gave and what is to outlive every node: event subscriptions, alert rules.
create table kept_note (
  kind text not null,
  name text not null,
  written bigint not null,
  note text not null,
  primary key (kind, name)
);
