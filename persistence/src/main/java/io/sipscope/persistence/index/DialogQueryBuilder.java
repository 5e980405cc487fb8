package io.sipscope.persistence.index;

import io.sipscope.protocol.dialog.Phase;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes a [DialogQuery] of few filters: each call sets one. Mutable.
///
/// ```java
/// DialogQuery.where().method("INVITE").from("alice").build()
/// query.but().atAnyTime().build()
/// ```
public final class DialogQueryBuilder {
  private Optional<String> callId = Optional.empty();
  private Optional<String> method = Optional.empty();
  private Optional<String> from = Optional.empty();
  private Optional<String> to = Optional.empty();
  private Optional<String> user = Optional.empty();
  private Optional<String> address = Optional.empty();
  private Optional<String> trunk = Optional.empty();
  private Optional<String> status = Optional.empty();
  private Optional<Phase> phase = Optional.empty();
  private Optional<String> agent = Optional.empty();
  private OptionalLong start = OptionalLong.empty();
  private OptionalLong end = OptionalLong.empty();
  private Optional<String> text = Optional.empty();
  private boolean damaged;

  DialogQueryBuilder() {}

  DialogQueryBuilder(DialogQuery query) {
    callId = query.callId();
    method = query.method();
    from = query.from();
    to = query.to();
    user = query.user();
    address = query.address();
    trunk = query.trunk();
    status = query.status();
    phase = query.phase();
    agent = query.agent();
    start = query.start();
    end = query.end();
    text = query.text();
    damaged = query.damaged();
  }

  public DialogQuery build() {
    return new DialogQuery(
        callId, method, from, to, user, address, trunk, status, phase, agent, start, end, text,
        damaged);
  }

  public DialogQueryBuilder damaged(boolean value) {
    damaged = value;
    return this;
  }

  /// Nanoseconds, as [#end].
  public DialogQueryBuilder start(long value) {
    start = OptionalLong.of(value);
    return this;
  }

  public DialogQueryBuilder end(long value) {
    end = OptionalLong.of(value);
    return this;
  }

  /// Neither start nor end.
  public DialogQueryBuilder atAnyTime() {
    start = OptionalLong.empty();
    end = OptionalLong.empty();
    return this;
  }

  /// Neither from nor to.
  public DialogQueryBuilder ofAnyParties() {
    return from(Optional.empty()).to(Optional.empty());
  }

  public DialogQueryBuilder callId(String value) {
    return callId(Optional.of(value));
  }

  public DialogQueryBuilder callId(Optional<String> value) {
    callId = value;
    return this;
  }

  public DialogQueryBuilder method(String value) {
    return method(Optional.of(value));
  }

  public DialogQueryBuilder method(Optional<String> value) {
    method = value;
    return this;
  }

  public DialogQueryBuilder from(String value) {
    return from(Optional.of(value));
  }

  public DialogQueryBuilder from(Optional<String> value) {
    from = value;
    return this;
  }

  public DialogQueryBuilder to(String value) {
    return to(Optional.of(value));
  }

  public DialogQueryBuilder to(Optional<String> value) {
    to = value;
    return this;
  }

  public DialogQueryBuilder user(String value) {
    return user(Optional.of(value));
  }

  public DialogQueryBuilder user(Optional<String> value) {
    user = value;
    return this;
  }

  public DialogQueryBuilder address(String value) {
    return address(Optional.of(value));
  }

  public DialogQueryBuilder address(Optional<String> value) {
    address = value;
    return this;
  }

  public DialogQueryBuilder trunk(String value) {
    return trunk(Optional.of(value));
  }

  public DialogQueryBuilder trunk(Optional<String> value) {
    trunk = value;
    return this;
  }

  public DialogQueryBuilder status(String value) {
    return status(Optional.of(value));
  }

  public DialogQueryBuilder status(Optional<String> value) {
    status = value;
    return this;
  }

  public DialogQueryBuilder agent(String value) {
    return agent(Optional.of(value));
  }

  public DialogQueryBuilder agent(Optional<String> value) {
    agent = value;
    return this;
  }

  public DialogQueryBuilder text(String value) {
    return text(Optional.of(value));
  }

  public DialogQueryBuilder text(Optional<String> value) {
    text = value;
    return this;
  }

  public DialogQueryBuilder phase(Phase value) {
    return phase(Optional.of(value));
  }

  public DialogQueryBuilder phase(Optional<Phase> value) {
    phase = value;
    return this;
  }
}
