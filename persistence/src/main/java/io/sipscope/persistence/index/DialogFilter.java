package io.sipscope.persistence.index;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.sip.CallId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A [DialogQuery] as a test of rows that were read back, for stores that cannot filter by
/// themselves: what [SearchSql] says to a database, said in Java.
public final class DialogFilter {
  private final List<Predicate<DialogRow>> tests = new ArrayList<>();

  private DialogFilter() {}

  /// @param now nanoseconds since the epoch: what is expired by then
  public static Predicate<DialogRow> of(DialogQuery query, long now) {
    var filter = new DialogFilter();
    filter.add(query, now);
    return row -> filter.tests.stream().allMatch(test -> test.test(row));
  }

  private void add(DialogQuery query, long now) {
    // The cheap ones first.
    query.start().ifPresent(start -> summary(known -> known.updatedAt() >= start));
    query.end().ifPresent(end -> summary(known -> known.startedAt() < end));
    query.status().ifPresent(status -> summary(status(status)));
    query.phase().ifPresent(phase -> summary(phase(phase, now)));
    if (query.damaged()) {
      tests.add(row -> !row.damaged().isEmpty());
    }
    query.callId().ifPresent(callId -> tests.add(callId(callId)));
    query.trunk().ifPresent(this::trunk);
    query.method().map(DialogFilter::readBack).map(Searchable::text).ifPresent(this::method);
    query.agent().map(DialogFilter::readBack).map(Searchable::printable).ifPresent(this::agent);
    query.address().ifPresent(address -> summary(address(address)));
    query.from().ifPresent(from -> contains(from, known -> Stream.of(known.caller())));
    query.to().ifPresent(to -> contains(to, known -> Stream.of(known.callee())));
    query
        .user()
        .ifPresent(user -> contains(user, known -> Stream.of(known.caller(), known.callee())));
    query.text().ifPresent(this::text);
  }

  /// As a text is once it was stored: UTF-8 has no halves of characters.
  private static String readBack(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private void summary(Predicate<DialogSummary> test) {
    tests.add(row -> test.test(row.summary()));
  }

  private interface Texts {
    Stream<String> of(DialogSummary summary);
  }

  private void contains(String text, Texts texts) {
    var wanted = Searchable.text(readBack(text));
    summary(known -> texts.of(known).anyMatch(one -> Searchable.text(one).contains(wanted)));
  }

  private void text(String text) {
    var wanted = Searchable.text(readBack(text));
    tests.add(row -> words(row).anyMatch(one -> Searchable.text(one).contains(wanted)));
  }

  private static Stream<String> words(DialogRow row) {
    var summary = row.summary();
    return Stream.concat(
        Stream.of(
            row.key(),
            summary.callId(),
            summary.caller(),
            summary.callee(),
            summary.ruri(),
            summary.userAgent(),
            summary.fromTag()),
        summary.toTags().stream());
  }

  private void trunk(String trunk) {
    var wanted = Searchable.printable(readBack(trunk));
    tests.add(row -> Searchable.printable(row.trunk()).equals(wanted));
  }

  private void method(String wanted) {
    summary(known -> Searchable.text(known.method()).equals(wanted));
  }

  private void agent(String wanted) {
    summary(
        known ->
            known.agents().stream()
                .map(Agent::names)
                .flatMap(List::stream)
                .anyMatch(name -> Searchable.printable(name).equals(wanted)));
  }

  private static Predicate<DialogRow> callId(String callId) {
    var key = CallId.of(callId).key();
    if (key.equals(callId)) {
      return row -> row.key().equals(key);
    }
    var text = Searchable.printable(readBack(callId));
    return row ->
        row.key().equals(key)
            || (!row.key().equals(row.summary().callId())
                && Searchable.printable(row.summary().callId()).equals(text));
  }

  private static Predicate<DialogSummary> address(String address) {
    var stripped = address.strip().toLowerCase(Locale.ROOT);
    Optional<Predicate<Endpoint>> endpoint = Endpoint.parse(stripped).map(Predicate::isEqual);
    Optional<Predicate<Endpoint>> host =
        IpAddress.parse(stripped).map(ip -> known -> known.address().equals(ip));
    return endpoint
        .or(() -> host)
        .<Predicate<DialogSummary>>map(test -> known -> known.addresses().stream().anyMatch(test))
        .orElse(_ -> false);
  }

  private static Predicate<DialogSummary> status(String status) {
    if (status.matches("[1-9]\\d\\d")) {
      int code = Integer.parseInt(status);
      return known -> known.status().orElse(0) == code;
    }
    if (status.matches("[1-9][xX]{2}")) {
      int digit = status.charAt(0) - '0';
      return known -> known.status().isPresent() && known.status().getAsInt() / 100 == digit;
    }
    return _ -> false;
  }

  /// What has not ended by `expiresAt` is expired, whatever its row says.
  private static Predicate<DialogSummary> phase(Phase phase, long now) {
    return phase == Phase.EXPIRED
        ? known -> known.phase() == phase || isOver(known, now)
        : known -> known.phase() == phase && !isOver(known, now);
  }

  private static boolean isOver(DialogSummary summary, long now) {
    return summary.expiresAt().isPresent() && summary.expiresAt().getAsLong() <= now;
  }
}
