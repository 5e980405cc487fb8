package io.sipscope.node.script.functions;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import java.util.HashSet;
import java.util.Set;

/// The flags that a script sets during a run, by name or number.
record Flags(Set<String> names) {
  /// OpenSIPS has 32.
  private static final int MAX_FLAGS = 256;

  private enum Key {
    FLAGS
  }

  static Flags of(Run run) {
    return (Flags) run.kept().computeIfAbsent(Key.FLAGS, _ -> new Flags(new HashSet<>()));
  }

  boolean set(String flag) {
    if (names.size() == MAX_FLAGS && !names.contains(flag)) {
      throw new ScriptFailure("more than " + MAX_FLAGS + " flags are set");
    }
    names.add(flag);
    return true;
  }

  boolean reset(String flag) {
    names.remove(flag);
    return true;
  }

  boolean isSet(String flag) {
    return names.contains(flag);
  }
}
