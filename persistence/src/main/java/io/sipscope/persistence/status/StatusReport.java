package io.sipscope.persistence.status;

import io.sipscope.persistence.events.Events;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How this node and its parts are doing: groups of identifiers, each with a status and its latest
/// reports, as OpenSIPS's status/report interface has them. Groups and identifiers are listed in
/// the order in which they were registered.
public final class StatusReport {
  /// The identifier that stands for the whole group.
  public static final String MAIN = "main";

  private final Events events;
  private final Clock clock;
  private final Map<String, Map<String, Identifier>> groups =
      Collections.synchronizedMap(new LinkedHashMap<>());

  public StatusReport(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /// Registers an identifier; one that is known keeps its status and reports.
  public Identifier identifier(String group, String name, Status first) {
    synchronized (groups) {
      return groups
          .computeIfAbsent(group, _ -> new LinkedHashMap<>())
          .computeIfAbsent(name, _ -> new Identifier(group, name, first, events, clock));
    }
  }

  /// An identifier is no more: what it stood for is gone.
  public void forget(String group, String name) {
    synchronized (groups) {
      var identifiers = groups.get(group);
      if (identifiers != null) {
        identifiers.remove(name);
      }
    }
  }

  public List<String> groups() {
    synchronized (groups) {
      return List.copyOf(groups.keySet());
    }
  }

  /// The identifiers of a group; empty when nobody registered it.
  public Optional<List<Identifier>> identifiers(String group) {
    synchronized (groups) {
      return Optional.ofNullable(groups.get(group)).map(Map::values).map(StatusReport::copied);
    }
  }

  private static List<Identifier> copied(Collection<Identifier> identifiers) {
    return new ArrayList<>(identifiers);
  }
}
