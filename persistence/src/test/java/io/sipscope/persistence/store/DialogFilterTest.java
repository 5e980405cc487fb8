package io.sipscope.persistence.store;

import static io.sipscope.persistence.Samples.ALICE;
import static io.sipscope.persistence.Samples.BOB;
import static io.sipscope.persistence.Samples.CAROL_V6;
import static io.sipscope.persistence.Samples.SECOND;
import static io.sipscope.persistence.Samples.T0;
import static io.sipscope.persistence.index.DialogQuery.where;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.Rows;
import io.sipscope.persistence.index.DialogFilter;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogQueryBuilder;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.sip.CallId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The filter in Java finds what the database finds: random queries over random rows, few words
/// used in many places, so that they often hold.
class DialogFilterTest {
  private static final long NOW = T0 + 60 * SECOND;
  private static final int ROWS = 300;
  private static final int QUERIES = 2_000;
  private static final List<Phase> PHASES = List.of(Phase.values());
  private static final List<String> WORDS =
      List.of(
          "alice",
          "ALICE@example.com",
          "b_b",
          "50%",
          "!",
          "caf\u00e9",
          "\u0130",
          "tab\there",
          "nul\u0000",
          "phone",
          "a\ufffdb",
          "x".repeat(300));

  private final Random random = new Random(16);

  @Test
  void theFilterFindsWhatTheDatabaseFinds() {
    try (var node = new Node(TestStores.memory())) {
      var rows = new ArrayList<DialogRow>();
      for (int i = 0; i < ROWS; i++) {
        rows.add(row(i));
      }
      Node.await(node.write(rows));
      long found = 0;
      for (int i = 0; i < QUERIES; i++) {
        var query = randomQuery();
        var expected =
            Node.await(node.index().search(query, Optional.empty(), ROWS, NOW)).rows().stream()
                .map(DialogRow::key)
                .toList();
        assertEquals(Set.copyOf(expected), filtered(rows, query), query::toString);
        found += expected.size();
      }
      assertTrue(found > QUERIES, "the queries found " + found + " rows");
    }
  }

  private static Set<String> filtered(List<DialogRow> rows, DialogQuery query) {
    var filter = DialogFilter.of(query, NOW);
    var keys = new HashSet<String>();
    rows.stream().filter(filter).forEach(row -> keys.add(row.key()));
    return keys;
  }

  private DialogRow row(int number) {
    var text = random.nextInt(4) == 0 ? word() + number : "call-" + number;
    var row =
        Rows.keyed(CallId.of(text).key(), text, random.nextLong(120) * SECOND)
            .parties(word(), word())
            .method(random.nextBoolean() ? "INVITE" : word())
            .userAgent(word())
            .trunk(random.nextBoolean() ? "" : word())
            .phase(phase())
            .addresses(random.nextBoolean() ? ALICE : CAROL_V6, BOB)
            .agents(new Agent(random.nextInt(3), word()));
    if (random.nextBoolean()) {
      row.expiresAt(NOW + random.nextInt(3) - 1);
    }
    return random.nextInt(4) == 0 ? row.noStatus().row() : row.status(code()).row();
  }

  private DialogQuery randomQuery() {
    var query = where();
    for (int filters = 1 + random.nextInt(2); filters > 0; filters--) {
      add(query);
    }
    return query.build();
  }

  private void add(DialogQueryBuilder query) {
    switch (random.nextInt(13)) {
      case 0 -> query.callId(random.nextBoolean() ? "call-" + random.nextInt(ROWS) : word() + 7);
      case 1 -> query.method(random.nextBoolean() ? "invite" : word());
      case 2 -> query.from(part());
      case 3 -> query.to(part());
      case 4 -> query.user(part());
      case 5 -> query.address(address());
      case 6 -> query.trunk(word());
      case 7 -> query.status(random.nextBoolean() ? "" + code() : code() / 100 + "xX");
      case 8 -> query.phase(phase());
      case 9 -> query.agent(random.nextBoolean() ? word() : "" + random.nextInt(3));
      case 10 -> query.start(T0 + random.nextLong(150) * SECOND);
      case 11 -> query.end(T0 + random.nextLong(150) * SECOND);
      default -> query.text(part());
    }
  }

  private String address() {
    var some =
        List.of("192.0.2.10", "192.0.2.10:5060", "192.0.2.1", "2001:DB8:0::30", "", "nowhere");
    return some.get(random.nextInt(some.size()));
  }

  private Phase phase() {
    return PHASES.get(random.nextInt(PHASES.size()));
  }

  private int code() {
    return List.of(200, 404, 486, 603).get(random.nextInt(4));
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /// Some of a word, perhaps in another case.
  private String part() {
    var word = word();
    int from = random.nextInt(word.length());
    var part = word.substring(from, from + 1 + random.nextInt(word.length() - from));
    return random.nextBoolean() ? part : part.toUpperCase(Locale.ROOT);
  }
}
