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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A search as SQL: constant fragments, one a filter, and the values they bind. No text of a query
/// ever becomes part of a statement.
///
/// @param parameters texts, longs and ints, in the order of the marks
record SearchSql(String text, List<Object> parameters) {
  private static final String SELECT =
      "select dialog_key, trunk, summary, started_at, updated_at, damaged from dialog_index"
          + " where 1 = 1";

  private static final String COUNT =
      "select (started_at - cast(? as bigint)) / cast(? as bigint) as bucket, count(*),"
          + " count(case when phase = 'failed' then 1 end) from dialog_index where 1 = 1";

  private static final String NOTHING = " and 1 = 0";

  private static final String ANY_TEXT =
      """
       and (search_text like ? escape '!' or caller like ? escape '!' or callee like ? escape '!'
        or lower(dialog_key) like ? escape '!')\
      """;

  private static final String LONG = " and long";
  private static final String SHORT = " and not long";

  private static final String STARTED = " and started_at between ? and ?";

  /// Found by its index of steps, and then exact.
  private static final String UPDATED =
      " and updated_step between ? and ? and updated_at between ? and ?";

  /// The other time's index is of no use: what is newest has no statistics yet, and the planner
  /// would sort all of it for any query.
  private static final String NOT_BY_STARTED = " and started_at + 0 between ? and ?";

  private static final String NOT_BY_UPDATED =
      " and updated_step + 0 between ? and ? and updated_at between ? and ?";

  private static final String HAS_TERMS =
      " and " + SearchTerms.TERMS + " @> string_to_array(?, E'\\n')";
  private static final String HAS_LINK =
      " and " + SearchTerms.LINKS + " && string_to_array(?, E'\\n')";
  private static final String BY_UPDATED = " order by updated_at desc, dialog_key desc limit ?";

  /// The same order, from the index of steps.
  private static final String BY_UPDATED_STEP =
      " order by updated_step desc, updated_at desc, dialog_key desc limit ?";

  private static final String CONTAINS = " and " + SearchTerms.TEXTS + " like ? escape '!'";
  private static final String HAS_PHASE = " and phase = ? and " + SearchTerms.EXPIRES + " > ?";
  private static final String HAS_EXPIRED =
      " and (phase = ? or (phase in ("
          + Stream.of(Phase.values())
              .map(phase -> "'" + phase.text() + "'")
              .collect(Collectors.joining(", "))
          + ") and "
          + SearchTerms.EXPIRES
          + " <= ?))";

  /// All of the index.
  static SearchSql page(
      DialogQuery query, SearchOrder order, Optional<Cursor> after, int limit, long now) {
    var sql = new Builder();
    sql.filter(query, now);
    sql.times(query);
    sql.page(order, BY_UPDATED, after, limit);
    return sql.build();
  }

  /// What one stretch has of it.
  static SearchSql page(
      DialogQuery query,
      Stretch stretch,
      SearchOrder order,
      Optional<Cursor> after,
      int limit,
      long now) {
    var sql = new Builder();
    sql.stretch(stretch, order, query, now);
    sql.page(order, BY_UPDATED_STEP, after, limit);
    return sql.build();
  }

  /// Dialogs whose messages reach into the window, those that began or were last heard of nearest
  /// to the time first: a call log's time is mostly one of the two.
  static SearchSql around(long time, long window, DialogQuery query, int limit, long now) {
    var sql = new Builder();
    sql.filter(query, now);
    sql.times(query);
    sql.and(" and started_at <= ?", TimeBounds.plus(time, window));
    sql.and(" and updated_at >= ?", TimeBounds.plus(time, -window));
    sql.nearest(time, limit);
    return sql.build();
  }

  /// What one stretch has of it.
  static SearchSql around(long time, DialogQuery query, Stretch stretch, int limit, long now) {
    var sql = new Builder();
    sql.stretch(stretch, SearchOrder.STARTED, query, now);
    sql.nearest(time, limit);
    return sql.build();
  }

  /// The dialogs that began in each bucket of a grid between two times: number of the bucket, how
  /// many, and how many of them failed.
  static SearchSql timeline(DialogQuery query, long from, long to, TimeGrid grid, long now) {
    var sql = new Builder(COUNT);
    sql.parameters.addAll(List.of(grid.from(), grid.step()));
    sql.and(" and started_at >= ? and started_at < ?", from, to);
    sql.filter(query, now);
    sql.and(" group by bucket");
    return sql.build();
  }

  /// Rows with one of some links that were going on within a time; all of the index.
  static SearchSql linked(Set<String> links, long from, long to, int limit) {
    var sql = new Builder();
    sql.and(" and started_at <= ? and updated_at >= ?", to, from);
    var patterns = links.stream().map(Searchable::withEntry).toList();
    sql.and(
        patterns.stream()
            .map(_ -> "links like ? escape '!'")
            .collect(Collectors.joining(" or ", " and (", ")")),
        patterns.toArray());
    sql.and(" limit ?", limit);
    return sql.build();
  }

  /// What one stretch has of it.
  ///
  /// @param order by which time it is walked along where it is not indexed
  static SearchSql linked(Set<String> links, Stretch stretch, SearchOrder order, int limit) {
    var sql = new Builder();
    sql.stretch(stretch, order, DialogQuery.ANY, 0);
    sql.and(HAS_LINK, String.join("\n", links));
    sql.and(" limit ?", limit);
    return sql.build();
  }

  /// Rows that pass the filters and began within a time; all of the index.
  static SearchSql begun(DialogQuery query, long from, long to, int limit, long now) {
    var sql = new Builder();
    sql.filter(query, now);
    sql.and(STARTED, from, to);
    sql.and(" limit ?", limit);
    return sql.build();
  }

  /// What one stretch has of it.
  static SearchSql begun(DialogQuery query, Stretch stretch, int limit, long now) {
    var sql = new Builder();
    sql.stretch(stretch, SearchOrder.STARTED, query, now);
    sql.and(" limit ?", limit);
    return sql.build();
  }

  private static final class Builder {
    private final StringBuilder text;
    private final List<Object> parameters = new ArrayList<>();

    Builder() {
      this(SELECT);
    }

    Builder(String select) {
      text = new StringBuilder(select);
    }

    void and(String fragment, Object... values) {
      text.append(fragment);
      parameters.addAll(List.of(values));
    }

    SearchSql build() {
      return new SearchSql(text.toString(), List.copyOf(parameters));
    }

    void page(SearchOrder order, String byUpdated, Optional<Cursor> after, int limit) {
      after.ifPresent(cursor -> and(after(order), cursor.time(), cursor.time(), cursor.key()));
      and(
          switch (order) {
            case STARTED -> " order by started_at desc, dialog_key desc limit ?";
            case UPDATED -> byUpdated;
          },
          limit);
    }

    private static String after(SearchOrder order) {
      return switch (order) {
        case STARTED -> " and started_at <= ? and (started_at < ? or dialog_key < ?)";
        case UPDATED -> " and updated_at <= ? and (updated_at < ? or dialog_key < ?)";
      };
    }

    void nearest(long time, int limit) {
      and(
          " order by least(abs(started_at - cast(? as bigint)), abs(updated_at - cast(? as"
              + " bigint))), started_at desc, dialog_key desc limit ?",
          time,
          time,
          limit);
    }

    void times(DialogQuery query) {
      query.start().ifPresent(start -> and(" and updated_at >= ?", start));
      query.end().ifPresent(end -> and(" and started_at < ?", end));
    }

    void stretch(Stretch stretch, SearchOrder order, DialogQuery query, long now) {
      and(" and segment = ?", stretch.part().segment());
      switch (stretch.length()) {
        case ANY -> {}
        case SHORT -> {
          and(SHORT);
          boolean walks = !stretch.part().terms();
          within(
              walks && order == SearchOrder.UPDATED ? NOT_BY_STARTED : STARTED,
              walks && order == SearchOrder.STARTED ? NOT_BY_UPDATED : UPDATED,
              stretch.times());
        }
        case LONG -> {
          and(LONG);
          within(STARTED, UPDATED, stretch.times());
        }
      }
      filter(query, now);
      if (stretch.part().terms()) {
        terms(query, now);
      }
      if (stretch.part().texts()) {
        query.from().ifPresent(this::telling);
        query.to().ifPresent(this::telling);
        query.user().ifPresent(this::telling);
        query.text().ifPresent(this::telling);
      }
    }

    private void within(String started, String updated, TimeBounds times) {
      and(started, times.startedFrom(), times.startedTo());
      and(
          updated,
          UpdatedStep.of(times.updatedFrom()),
          UpdatedStep.of(times.updatedTo()),
          times.updatedFrom(),
          times.updatedTo());
    }

    private void terms(DialogQuery query, long now) {
      SearchTerms.of(query).ifPresent(terms -> and(HAS_TERMS, terms));
      query
          .phase()
          .ifPresent(
              phase -> {
                if (phase == Phase.EXPIRED) {
                  and(HAS_EXPIRED, phase.text(), now);
                } else {
                  and(HAS_PHASE, phase.text(), now);
                }
              });
    }

    private void telling(String text) {
      SearchTerms.telling(text).ifPresent(end -> like(CONTAINS, end));
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
      if (query.damaged()) {
        and(" and damaged <> ''");
      }
      query.text().ifPresent(this::text);
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

    /// A key that is no Call-ID has its Call-ID in the column.
    private void text(String words) {
      var pattern = Searchable.containing(words);
      and(ANY_TEXT, pattern, pattern, pattern, pattern);
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
