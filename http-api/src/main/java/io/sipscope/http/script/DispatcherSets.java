package io.sipscope.http.script;

import java.util.List;
import java.util.Optional;

/// The sets of destinations that the policy script chooses from, this node's.
public interface DispatcherSets {
  /// The name of the only partition.
  String PARTITION = "default";

  /// @param id its number
  record Set(int id, List<Destination> destinations) {}

  /// @param chosen how often it was chosen first
  record Destination(String uri, State state, long chosen) {}

  /// As OpenSIPS has them.
  enum State {
    ACTIVE,
    INACTIVE,
    PROBING
  }

  /// By their numbers.
  List<Set> list();

  /// @return false when there is no such destination
  boolean mark(int set, String uri, State state);

  /// Reads the file of them again.
  ///
  /// @return why nothing has changed, a sentence an error; empty when it has
  Optional<String> reload();
}
