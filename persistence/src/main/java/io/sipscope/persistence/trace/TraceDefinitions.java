package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TraceDestination.Sip;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads trace_id and hep_id definitions as OpenSIPS's own strings, of 2.2 and of 2.3 and later.
public final class TraceDefinitions {
  static final String KEY = "sipscope.trace.ids";

  private static final int FILE_PREFIX = "file:".length();

  private TraceDefinitions() {}

  public sealed interface Outcome {
    /// @param targets in the order in which OpenSIPS lists them
    /// @param warnings what is used otherwise than it is written
    record Defined(List<TraceTarget> targets, List<String> warnings) implements Outcome {
      public Defined {
        targets = List.copyOf(targets);
        warnings = List.copyOf(warnings);
      }
    }

    /// @param key of the setting
    /// @param value the line, its password masked
    /// @param reason what was there (what was wanted)
    record Wrong(String key, String value, String reason) implements Outcome {}
  }

  /// A line read: a target, and what to warn of (empty = nothing).
  private record Target(TraceTarget target, String warning) {}

  public static Outcome read(List<String> ids, List<String> hepIds) {
    var heps = HepIds.read(hepIds);
    if (!heps.problem().isEmpty()) {
      return new Outcome.Wrong(HepIds.KEY, heps.badLine(), heps.problem());
    }
    var warnings = new ArrayList<String>();
    var targets = new LinkedHashMap<List<Object>, TraceTarget>();
    for (var line : ids) {
      switch (target(line, heps.byName())) {
        case Reading.Bad<Target>(var reason) -> {
          return new Outcome.Wrong(KEY, masked(line), reason);
        }
        case Reading.Good<Target>(var read) -> {
          var target = read.target();
          var same = List.<Object>of(target.id(), target.destination());
          if (targets.putIfAbsent(same, target) == null && !read.warning().isEmpty()) {
            warnings.add(masked(line) + ": " + read.warning());
          }
        }
      }
    }
    return new Outcome.Defined(inOrder(targets.values().stream().toList()), warnings);
  }

  /// As OpenSIPS lists them: by a hash of the name, as declared within one.
  static List<TraceTarget> inOrder(List<TraceTarget> targets) {
    return targets.stream()
        .sorted(Comparator.comparingLong(target -> NameHash.of(target.id())))
        .toList();
  }

  /// The line without whatever may be a password: all between a colon behind `//` and the last `@`,
  /// and what follows `password=`.
  static String masked(String line) {
    int slashes = line.indexOf("://");
    int at = line.lastIndexOf('@');
    int colon = slashes < 0 ? -1 : line.indexOf(':', slashes + 3);
    var login =
        colon >= 0 && colon < at ? line.substring(0, colon + 1) + "***" + line.substring(at) : line;
    return login.replaceAll("(?i)(password=)[^&;]*", "$1***");
  }

  private static Reading<Target> target(String line, Map<String, HepDefinition> hepIds) {
    return switch (TraceIdLine.read(line)) {
      case Reading.Bad<TraceIdLine>(var reason) -> Reading.bad(reason);
      case Reading.Good<TraceIdLine>(var read) -> target(read, hepIds);
    };
  }

  private static Reading<Target> target(TraceIdLine line, Map<String, HepDefinition> hepIds) {
    var uri = line.uri();
    if (starts(uri, "hep")) {
      return hep(line, hepIds);
    }
    if (line.value(TraceIdLine.Key.VERSION).isPresent()
        || (line.value(TraceIdLine.Key.TRANSPORT).isPresent() && !starts(uri, "sip"))) {
      return Reading.bad("version or transport without a uri of hep (wanted: hep:host:port)");
    }
    if (starts(uri, "sip")) {
      return sip(line.name(), uri);
    }
    if (starts(uri, "file")) {
      return file(line.name(), uri);
    }
    if (starts(uri, "syslog")) {
      return switch (SyslogDefinition.read(uri)) {
        case Reading.Bad<TraceDestination>(var reason) -> Reading.bad(reason);
        case Reading.Good<TraceDestination>(var syslog) -> made(line.name(), uri, syslog);
      };
    }
    return switch (DatabaseDefinition.read(uri, line.value(TraceIdLine.Key.TABLE).orElse(""))) {
      case Reading.Bad<DatabaseDefinition>(var reason) -> Reading.bad(reason);
      case Reading.Good<DatabaseDefinition>(var database) ->
          made(line.name(), database.shown(), database.destination());
    };
  }

  private static boolean starts(String uri, String type) {
    return uri.regionMatches(true, 0, type, 0, type.length());
  }

  private static Reading<Target> hep(TraceIdLine line, Map<String, HepDefinition> hepIds) {
    int colon = line.uri().indexOf(':');
    var place = colon < 0 ? "" : line.uri().substring(colon + 1).strip();
    boolean hasOptions =
        line.value(TraceIdLine.Key.VERSION).isPresent()
            || line.value(TraceIdLine.Key.TRANSPORT).isPresent();
    var named = hepIds.get(place);
    if (named != null) {
      return hasOptions
          ? Reading.bad(
              "Invalid key <"
                  + (line.value(TraceIdLine.Key.VERSION).isPresent() ? "version" : "transport")
                  + "> in trace id! (wanted: in the hep_id "
                  + place
                  + ")")
          : made(line.name(), named);
    }
    if (place.indexOf(':') < 0) {
      return Reading.bad(
          "hep id \""
              + place
              + "\" not found! (wanted: one of "
              + HepIds.KEY
              + ", or hep:host:port)");
    }
    return switch (HepDefinition.of(
        place,
        line.value(TraceIdLine.Key.TRANSPORT),
        line.value(TraceIdLine.Key.VERSION),
        HepDefinition.Era.OF_2_2)) {
      case Reading.Bad<HepDefinition>(var reason) -> Reading.bad(reason);
      case Reading.Good<HepDefinition>(var definition) -> made(line.name(), definition);
    };
  }

  private static Reading<Target> made(String name, HepDefinition hep) {
    return Reading.good(
        new Target(
            new TraceTarget(name, HepDefinition.shown(hep.destination()), hep.destination(), false),
            hep.fallback()));
  }

  private static Reading<Target> made(String name, String shown, TraceDestination destination) {
    return Reading.good(new Target(new TraceTarget(name, shown, destination, false), ""));
  }

  /// `sip:[user@]host[:port][;parameters]`; whatever its transport, the copies go by UDP.
  static Optional<HostPort> sipPlace(String uri) {
    int colon = uri.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    var rest = uri.substring(colon + 1);
    var place = rest.substring(rest.lastIndexOf('@') + 1).split("[;?]", 2)[0];
    return HostPort.read(place) instanceof Reading.Good<HostPort>(var read)
        ? Optional.of(read)
        : Optional.empty();
  }

  /// As OpenSIPS lists it: nothing behind the colon where there was no port.
  static String shown(HostPort place) {
    return place.shownHost() + ":" + (place.port() == 0 ? "" : place.port());
  }

  static final int SIP_PORT = 5060;

  private static Reading<Target> sip(String name, String uri) {
    return sipPlace(uri)
        .map(place -> made(name, shown(place), new Sip(place.host(), place.portOr(SIP_PORT))))
        .orElseGet(() -> Reading.bad("\"" + uri + "\" (wanted: sip:host:port)"));
  }

  private static Reading<Target> file(String name, String uri) {
    var path = uri.length() > FILE_PREFIX ? uri.substring(FILE_PREFIX).strip() : "";
    if (path.isEmpty()) {
      return Reading.bad("no path (wanted: file:/path)");
    }
    try {
      return made(name, uri, new TraceDestination.File(Path.of(path)));
    } catch (InvalidPathException e) {
      return Reading.bad("a path that cannot be one (wanted: file:/path)");
    }
  }
}
