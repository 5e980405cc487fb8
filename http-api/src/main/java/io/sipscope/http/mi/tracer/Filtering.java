package io.sipscope.http.mi.tracer;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.persistence.trace.TraceFilter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The filters of `trace_start`: texts in an array, as OpenSIPS has them, or the members of an
/// object, as its control panel sends them. Anything else is no filter, and what is none of them is
/// passed over with a warning.
final class Filtering {
  private static final Logger LOG = LoggerFactory.getLogger(Filtering.class);

  /// Each is compared with every request.
  private static final int MOST = 64;

  private Filtering() {}

  static List<TraceFilter> read(JsonNode given) {
    var filters = new ArrayList<TraceFilter>();
    if (given.isArray()) {
      for (var item : given) {
        add(item.asText(), filters);
      }
    } else if (given.isObject()) {
      given
          .properties()
          .forEach(entry -> add(entry.getKey() + "=" + entry.getValue().asText(), filters));
    }
    return List.copyOf(filters);
  }

  private static void add(String text, List<TraceFilter> filters) {
    var filter = TraceFilter.of(text);
    if (filter.isEmpty() || filters.size() >= MOST) {
      LOG.warn("trace_start: a filter is passed over (wanted: caller=V, callee=V or ip=V)");
      return;
    }
    filters.add(filter.get());
  }
}
