package io.sipscope.http.mi.tracer;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.http.Problem;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.index.DialogQuery;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.japi.Pair;

/// The filter of `trace_replay`: the parameters of `GET /api/dialogs` as an object, as an array of
/// texts `name=value`, or as one text with `&` between them.
final class ReplayFilter {
  private ReplayFilter() {}

  /// @throws Problem.Refused for what is no filter; an empty one is none: all that is stored has to
  /// be asked for by a time
  static DialogQuery read(JsonNode given) {
    var pairs = new ArrayList<Pair<String, String>>();
    if (given.isObject()) {
      given
          .properties()
          .forEach(entry -> pairs.add(Pair.create(entry.getKey(), entry.getValue().asText())));
    } else if (given.isArray()) {
      given.forEach(item -> pairs.add(pair(item.asText())));
    } else {
      for (var part : List.of(given.asText().split("&", -1))) {
        pairs.add(pair(part));
      }
    }
    if (pairs.isEmpty()) {
      throw Problem.of(400, "the filter is empty (wanted: one such as call-id=...)").refused();
    }
    var uri = Uri.create("/").query(Query.create(pairs));
    return Filters.read(Parameters.of(uri, Filters.NAMES));
  }

  private static Pair<String, String> pair(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? Pair.create(text.strip(), "")
        : Pair.create(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }
}
