package io.sipscope.bench.search;

import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.protocol.dialog.Phase;
import java.util.Optional;
import java.util.OptionalLong;

/// Puts a query together, filter by filter.
final class Asked {
  private Optional<String> method = Optional.empty();
  private Optional<String> from = Optional.empty();
  private Optional<String> to = Optional.empty();
  private Optional<String> user = Optional.empty();
  private Optional<String> address = Optional.empty();
  private Optional<String> trunk = Optional.empty();
  private Optional<String> status = Optional.empty();
  private Optional<String> agent = Optional.empty();
  private Optional<String> text = Optional.empty();
  private Optional<Phase> phase = Optional.empty();
  private OptionalLong start = OptionalLong.empty();
  private OptionalLong end = OptionalLong.empty();

  Asked method(String value) {
    method = Optional.of(value);
    return this;
  }

  Asked from(String value) {
    from = Optional.of(value);
    return this;
  }

  Asked to(String value) {
    to = Optional.of(value);
    return this;
  }

  Asked user(String value) {
    user = Optional.of(value);
    return this;
  }

  Asked address(String value) {
    address = Optional.of(value);
    return this;
  }

  Asked trunk(String value) {
    trunk = Optional.of(value);
    return this;
  }

  Asked status(String value) {
    status = Optional.of(value);
    return this;
  }

  Asked agent(String value) {
    agent = Optional.of(value);
    return this;
  }

  Asked text(String value) {
    text = Optional.of(value);
    return this;
  }

  Asked phase(Phase value) {
    phase = Optional.of(value);
    return this;
  }

  /// Nanoseconds.
  Asked between(long from, long to) {
    start = OptionalLong.of(from);
    end = OptionalLong.of(to);
    return this;
  }

  DialogQuery build() {
    return new DialogQuery(
        Optional.empty(),
        method,
        from,
        to,
        user,
        address,
        trunk,
        status,
        phase,
        agent,
        start,
        end,
        text,
        false);
  }
}
