package io.sipscope.persistence.index;

import io.sipscope.persistence.index.DialogIndex.Cursor;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.sip.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A search as SQL: constant fragments, one a filter, and the values they bind. No text of a query
/// ever becomes part of a statement.
///
/// @param parameters texts, longs and ints, in the order of the marks
record SearchSql(String text, List<Object> parameters) {
  private static final String SELECT =
      "select dialog_key, trunk, summary, started_at, updated_at, damaged from dialog_index"
          + " where 1 = 1";
  private static final String NOTHING = " and 1 = 0";

  /// Which time a list runs by.
  enum Order {
    STARTED(
        " and started_at <= ? and (started_at < ? or dialog_key < ?)",
        " order by started_at desc, dialog_key desc limit ?"),
    UPDATED(
        " and updated_at <= ? and (updated_at < ? or dialog_key < ?)",
        " order by updated_at desc, dialog_key desc limit ?");

    private final String after;
    private final String orderBy;

    Order(String after, String orderBy) {
      this.after = after;
      this.orderBy = orderBy;
    }
  }

  static SearchSql page(
      DialogQuery query, Order order, Optional<Cursor> after, int limit, long now) {
    var sql = new Builder();
    sql.filter(query, now);
    after.ifPresent(cursor -> sql.and(order.after, cursor.time(), cursor.time(), cursor.key()));
    sql.and(order.orderBy, limit);
    return sql.build();
  }

  /// Dialogs whose messages reach into the window, those that began or were last heard of nearest
  /// to the time first: a call log's time is mostly one of the two.
  static SearchSql around(long time, long window, DialogQuery query, int limit, long now) {
    var sql = new Builder();
    sql.filter(query, now);
    sql.and(" and started_at <= ?", saturated(time, window));
    sql.and(" and updated_at >= ?", saturated(time, -window));
    sql.and(
        " order by least(abs(started_at - cast(? as bigint)), abs(updated_at - cast(? as bigint))),"
            + " started_at desc, dialog_key desc limit ?",
        time,
        time,
        limit);
    return sql.build();
  }

  private static long saturated(long time, long by) {
    long sum = time + by;
    boolean overflow = ((time ^ sum) & (by ^ sum)) < 0;
    return overflow ? (by < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  private static final class Builder {
    private final StringBuilder text = new StringBuilder(SELECT);
    private final List<Object> parameters = new ArrayList<>();

    void and(String fragment, Object... values) {
      text.append(fragment);
      parameters.addAll(List.of(values));
    }

    SearchSql build() {
      return new SearchSql(text.toString(), List.copyOf(parameters));
    }

    void filter(DialogQuery query, long now) {
      query.callId().ifPresent(this::callId);
      query.method().ifPresent(method -> and(" and method = ?", Searchable.text(method)));
      query.from().ifPresent(from -> like(" and caller like ? escape '!'", from));
      query.to().ifPresent(to -> like(" and callee like ? escape '!'", to));
      query.user().ifPresent(this::user);
      query.address().ifPresent(this::address);
      query.trunk().ifPresent(trunk -> and(" and trunk = ?", Searchable.printable(trunk)));
      query.status().ifPresent(this::status);
      query.phase().ifPresent(phase -> phase(phase, now));
      query
          .agent()
          .ifPresent(agent -> and(" and agents like ? escape '!'", Searchable.withEntry(agent)));
      query.start().ifPresent(start -> and(" and updated_at >= ?", start));
      query.end().ifPresent(end -> and(" and started_at < ?", end));
      if (query.damaged()) {
        and(" and damaged <> ''");
      }
      query.text().ifPresent(words -> like(" and search_text like ? escape '!'", words));
    }

    private void like(String fragment, String contained) {
      and(fragment, Searchable.containing(contained));
    }

    private void callId(String callId) {
      var key = CallId.of(callId).key();
      if (key.equals(callId)) {
        and(" and dialog_key = ?", key);
      } else {
        // The text may not have all of the Call-ID's bytes: those that are no UTF-8 are replaced.
        and(" and (dialog_key = ? or call_id = ?)", key, Searchable.printable(callId));
      }
    }

    private void user(String user) {
      var pattern = Searchable.containing(user);
      and(" and (caller like ? escape '!' or callee like ? escape '!')", pattern, pattern);
    }

    private void address(String address) {
      var stripped = address.strip().toLowerCase(Locale.ROOT);
      var endpoint = Endpoint.parse(stripped).map(Endpoint::toString).map(Searchable::withEntry);
      var host =
          IpAddress.parse(stripped)
              .map(ip -> Searchable.withEntryFrom(ip.v6() ? "[" + ip + "]:" : ip + ":"));
      endpoint
          .or(() -> host)
          .ifPresentOrElse(
              pattern -> and(" and addresses like ? escape '!'", pattern), () -> and(NOTHING));
    }

    private void status(String status) {
      if (status.matches("[1-9]\\d\\d")) {
        and(" and status = ?", Integer.parseInt(status));
      } else if (status.matches("[1-9][xX]{2}")) {
        int lowest = (status.charAt(0) - '0') * 100;
        and(" and status >= ? and status < ?", lowest, lowest + 100);
      } else {
        and(NOTHING);
      }
    }

    /// What has not ended by `expires_at` is expired, whatever its row says.
    private void phase(Phase phase, long now) {
      if (phase == Phase.EXPIRED) {
        and(" and (phase = ? or expires_at <= ?)", phase.text(), now);
      } else {
        and(" and phase = ? and (expires_at is null or expires_at > ?)", phase.text(), now);
      }
    }
  }
}
