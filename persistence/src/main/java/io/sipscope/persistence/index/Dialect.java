package io.sipscope.persistence.index;

/// Where the stores' SQL differs: how a row is written that may be known already. The row with
/// more messages wins; of two with as many the later one, so that a better parser heals the index.
public enum Dialect {
  H2(
      """
      merge into dialog_index known
      using (values (cast(? as varchar), cast(? as bigint), cast(? as bigint), cast(? as bigint),
        cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as varchar),
        cast(? as varchar), cast(? as integer), cast(? as varchar), cast(? as varchar),
        cast(? as varchar), cast(? as varchar), cast(? as bigint), cast(? as varbinary)))
        as next (dialog_key, started_at, updated_at, expires_at, phase, method, caller, callee,
        trunk, status, addresses, agents, search_text, call_id, messages, summary)
      on known.dialog_key = next.dialog_key
      when matched and known.messages <= next.messages then update set
        started_at = next.started_at, updated_at = next.updated_at, expires_at = next.expires_at,
        phase = next.phase, method = next.method, caller = next.caller, callee = next.callee,
        trunk = next.trunk, status = next.status, addresses = next.addresses,
        agents = next.agents, search_text = next.search_text, call_id = next.call_id,
        messages = next.messages, summary = next.summary
      when not matched then insert values (next.dialog_key, next.started_at, next.updated_at,
        next.expires_at, next.phase, next.method, next.caller, next.callee, next.trunk,
        next.status, next.addresses, next.agents, next.search_text, next.call_id, next.messages,
        next.summary)
      """),
  POSTGRES(
      """
      insert into dialog_index as known (dialog_key, started_at, updated_at, expires_at, phase,
        method, caller, callee, trunk, status, addresses, agents, search_text, call_id, messages,
        summary)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (dialog_key) do update set
        started_at = excluded.started_at, updated_at = excluded.updated_at,
        expires_at = excluded.expires_at, phase = excluded.phase, method = excluded.method,
        caller = excluded.caller, callee = excluded.callee, trunk = excluded.trunk,
        status = excluded.status, addresses = excluded.addresses, agents = excluded.agents,
        search_text = excluded.search_text, call_id = excluded.call_id,
        messages = excluded.messages, summary = excluded.summary
      where known.messages <= excluded.messages
      """);

  private final String upsert;

  Dialect(String upsert) {
    this.upsert = upsert;
  }

  /// Sixteen marks, in the order of the table's columns.
  String upsert() {
    return upsert;
  }
}
