package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TraceDestination.Sip;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads what `trace_start` is given: a destination as `hep:host:port;transport=tcp;version=3` or
/// `sip:host:port`, and what narrows it.
public final class DynamicRequest {
  /// What OpenSIPS can trace; not all of it is to be had here.
  private static final Set<String> TYPES =
      Set.of("sip", "xlog", "rest", "mi", "net", "control", "script");

  /// As the name of a configured one.
  private static final int LONGEST_ID = 128;

  private DynamicRequest() {}

  public sealed interface Outcome {
    record Fitting(DynamicTrace trace) implements Outcome {}

    /// A destination of that type cannot be dynamic.
    record NotDynamic(String type) implements Outcome {}

    record BadHep(String reason) implements Outcome {}

    record Bad(String reason) implements Outcome {}
  }

  /// @param filters in the order they were given
  /// @param scope letters; blank = the dialog
  /// @param types separated by `|`; none that is known = all
  public static Outcome read(
      String id, String uri, List<TraceFilter> filters, String scope, String types) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      return new Outcome.Bad("an id of " + id.length() + " characters (wanted: 1 to 128)");
    }
    var wide = scope.isBlank() ? Optional.of(TraceScope.DIALOG) : TraceScope.of(scope);
    if (wide.isEmpty()) {
      return new Outcome.Bad("scope \"" + scope + "\" (wanted: m, t or d)");
    }
    var given = uri.strip();
    var lower = given.toLowerCase(Locale.ROOT);
    if (lower.startsWith("hep")) {
      int colon = given.indexOf(':');
      return switch (HepDefinition.read(colon < 0 ? "" : given.substring(colon + 1))) {
        case Reading.Bad<HepDefinition>(var reason) -> new Outcome.BadHep(reason);
        case Reading.Good<HepDefinition>(var hep) ->
            made(
                id,
                HepDefinition.shown(hep.destination()),
                hep.destination(),
                filters,
                wide.get(),
                types);
      };
    }
    if (lower.startsWith("sip")) {
      return TraceDefinitions.sipPlace(given)
          .map(
              place ->
                  made(
                      id,
                      TraceDefinitions.shown(place),
                      new Sip(place.host(), place.portOr(TraceDefinitions.SIP_PORT)),
                      filters,
                      wide.get(),
                      types))
          .orElseGet(() -> new Outcome.Bad("\"" + given + "\" (wanted: sip:host:port)"));
    }
    return new Outcome.NotDynamic(
        lower.startsWith("file") ? "File" : lower.startsWith("syslog") ? "Syslog" : "DB");
  }

  private static Outcome made(
      String id,
      String shown,
      TraceDestination destination,
      List<TraceFilter> filters,
      TraceScope scope,
      String types) {
    return new Outcome.Fitting(
        new DynamicTrace(id, id, shown, destination, filters, scope, typesOf(types), 0));
  }

  private static Set<TraceType> typesOf(String types) {
    var known =
        Arrays.stream(types.split("\\|", -1))
            .map(type -> type.strip().toLowerCase(Locale.ROOT))
            .filter(TYPES::contains)
            .toList();
    return known.isEmpty()
        ? EnumSet.allOf(TraceType.class)
        : known.stream().flatMap(type -> TraceType.of(type).stream()).collect(Collectors.toSet());
  }
}
