package io.sipscope.persistence;

import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.protocol.dialog.Phase;
import java.util.Optional;
import java.util.OptionalLong;

/// Queries with few filters, for tests: each call adds one.
public final class Queries {
  private String callId;
  private String method;
  private String from;
  private String to;
  private String user;
  private String address;
  private String trunk;
  private String status;
  private Phase phase;
  private String agent;
  private String text;
  private OptionalLong start = OptionalLong.empty();
  private OptionalLong end = OptionalLong.empty();

  public static Queries query() {
    return new Queries();
  }

  public DialogQuery build() {
    return new DialogQuery(
        Optional.ofNullable(callId),
        Optional.ofNullable(method),
        Optional.ofNullable(from),
        Optional.ofNullable(to),
        Optional.ofNullable(user),
        Optional.ofNullable(address),
        Optional.ofNullable(trunk),
        Optional.ofNullable(status),
        Optional.ofNullable(phase),
        Optional.ofNullable(agent),
        start,
        end,
        Optional.ofNullable(text));
  }

  public Queries callId(String value) {
    callId = value;
    return this;
  }

  public Queries method(String value) {
    method = value;
    return this;
  }

  public Queries from(String value) {
    from = value;
    return this;
  }

  public Queries to(String value) {
    to = value;
    return this;
  }

  public Queries user(String value) {
    user = value;
    return this;
  }

  public Queries address(String value) {
    address = value;
    return this;
  }

  public Queries trunk(String value) {
    trunk = value;
    return this;
  }

  public Queries status(String value) {
    status = value;
    return this;
  }

  public Queries phase(Phase value) {
    phase = value;
    return this;
  }

  public Queries agent(String value) {
    agent = value;
    return this;
  }

  public Queries text(String value) {
    text = value;
    return this;
  }

  public Queries start(long value) {
    start = OptionalLong.of(value);
    return this;
  }

  public Queries end(long value) {
    end = OptionalLong.of(value);
    return this;
  }
}
