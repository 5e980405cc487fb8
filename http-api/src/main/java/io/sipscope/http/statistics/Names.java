package io.sipscope.http.statistics;

import io.sipscope.http.Problem;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.statistics.Reading;
import io.sipscope.persistence.statistics.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.japi.Pair;

/// The parameter `names`: `all`, `group:`, `name` or `group:name`, several separated by commas, or
/// the parameter several times; upper and lower case are the same.
record Names(List<String> wanted) {
  static final String PARAMETER = "names";
  static final List<String> ALL = List.of("all");

  /// As many as a page could show.
  private static final int MAX = 1_000;

  Names {
    wanted = List.copyOf(wanted);
  }

  static Names of(Uri uri) {
    var wanted = new ArrayList<String>();
    for (Pair<String, String> given : uri.query().toList()) {
      if (given.first().equals(PARAMETER)) {
        for (var name : given.second().split(",", -1)) {
          if (name.isBlank()) {
            throw Parameters.bad(
                PARAMETER, given.second(), "all, group:, name or group:name, separated by commas");
          }
          wanted.add(name.strip());
        }
      }
    }
    if (wanted.size() > MAX) {
      throw Problem.badParameter(
              PARAMETER, "There are " + wanted.size() + " names (wanted: at most " + MAX + ")")
          .refused();
    }
    return new Names(wanted);
  }

  /// The rest of the query.
  static Uri without(Uri uri) {
    var rest = uri.query().toList().stream().filter(pair -> !pair.first().equals(PARAMETER));
    return uri.query(Query.create(new ArrayList<>(rest.toList())));
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /// Those of the values that are meant, each once, in the order asked for.
  ///
  /// @param otherwise what is meant by no names
  List<Reading> in(Values values, List<String> otherwise) {
    var found = new LinkedHashMap<String, Reading>();
    (isEmpty() ? otherwise : wanted)
        .stream()
            .flatMap(values::selected)
            .forEach(reading -> found.putIfAbsent(reading.name().toString(), reading));
    return List.copyOf(found.values());
  }

  /// What no statistic is called.
  List<String> unknownIn(Values values) {
    return wanted.stream().filter(name -> values.selected(name).findAny().isEmpty()).toList();
  }
}
