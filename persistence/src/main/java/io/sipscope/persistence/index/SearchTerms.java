package io.sipscope.persistence.index;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What PostgreSQL's indexes of closed parts know a row by, and what a query asks of them. They
/// only point to rows that may match: every condition of a query is checked on the row as well, so
/// that nothing here has to be exact, and a part without these indexes gives the same answer.
///
/// The expressions are those of the indexes to the letter, or PostgreSQL does not use them.
final class SearchTerms {
  /// The words of a row: its endpoints, their hosts, and with a letter before them agents, method,
  /// trunk and status.
  static final String TERMS =
      """
      string_to_array(addresses || translate(addresses, ':', E'\\n')
        || replace(agents, E'\\n', E'\\ng:') || E'\\nm:' || method || E'\\nt:' || trunk
        || E'\\ns:' || coalesce(status::text, '')
        || E'\\nc:' || coalesce(left(status::text, 1), ''), E'\\n')\
      """;

  /// The texts of a row.
  static final String TEXTS =
      """
      (lower(dialog_key::text) || E'\\n' || caller || E'\\n' || callee || E'\\n' || search_text)\
      """;

  /// What other legs of a row's call are found by.
  static final String LINKS = "string_to_array(links, E'\\n')";

  /// When a row expires.
  static final String EXPIRES = "coalesce(expires_at, 9223372036854775807)";

  private static final int TRIGRAM = 3;

  /// Different trigrams that are looked for: enough to tell one number from another. More would be
  /// of what numbers of one provider begin with, which all rows have, and take longer.
  private static final int TELLING = 4;

  private SearchTerms() {}

  /// What rows that match have among their terms, separated as list columns are; empty: anything.
  static Optional<String> of(DialogQuery query) {
    var terms = new ArrayList<String>();
    query.method().ifPresent(method -> terms.add("m:" + Searchable.text(method)));
    query.trunk().ifPresent(trunk -> terms.add("t:" + Searchable.printable(trunk)));
    query.agent().ifPresent(agent -> terms.add("g:" + Searchable.printable(agent)));
    query.status().ifPresent(status -> status(status, terms));
    query.address().ifPresent(address -> address(address, terms));
    return terms.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", terms));
  }

  private static void status(String status, List<String> terms) {
    if (status.matches("[1-9]\\d\\d")) {
      terms.add("s:" + status);
    } else if (status.matches("[1-9][xX]{2}")) {
      terms.add("c:" + status.charAt(0));
    }
  }

  private static void address(String address, List<String> terms) {
    var stripped = address.strip().toLowerCase(Locale.ROOT);
    var host = IpAddress.parse(stripped);
    if (host.isPresent() && host.get().v6()) {
      for (var word : ("[" + host.get() + "]").split(":", -1)) {
        if (!word.isEmpty()) {
          terms.add(word);
        }
      }
    } else if (host.isPresent()) {
      terms.add(host.get().toString());
    } else {
      Endpoint.parse(stripped).ifPresent(endpoint -> terms.add(endpoint.toString()));
    }
  }

  /// The part of a text by which few rows that contain it are found: of an address that before the
  /// `@`, and of that the end; empty when it is too short for the index.
  static Optional<String> telling(String text) {
    var wanted = Searchable.text(text);
    int at = wanted.indexOf('@');
    var own = at >= TRIGRAM ? wanted.substring(0, at) : wanted;
    var trigrams = new HashSet<String>();
    int from = own.length();
    while (from > 0 && trigrams.size() < TELLING) {
      from--;
      if (from + TRIGRAM <= own.length()) {
        trigrams.add(own.substring(from, from + TRIGRAM));
      }
    }
    return trigrams.isEmpty() ? Optional.empty() : Optional.of(own.substring(from));
  }
}
