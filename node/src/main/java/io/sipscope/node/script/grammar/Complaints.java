package io.sipscope.node.script.grammar;

import io.sipscope.node.script.grammar.Complaint.Severity;
import io.sipscope.node.script.tree.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is said about a script while it is read.
public final class Complaints {
  /// More errors help nobody: they come from the first ones.
  static final int MOST = 100;

  private final Map<String, List<String>> lines = new HashMap<>();
  private final List<Complaint> all = new ArrayList<>();
  private final Set<Position> seen = new HashSet<>();
  private int errors;

  /// The text of a file, for the lines that are shown.
  void source(String file, String text) {
    lines.put(file, text.lines().toList());
  }

  public void error(Position at, String sentence) {
    if (errors < MOST && add(at, sentence, Severity.ERROR)) {
      errors++;
    }
  }

  public void warning(Position at, String sentence) {
    if (all.size() - errors < MOST) {
      add(at, sentence, Severity.WARNING);
    }
  }

  /// What is said of one place need not be said of the others.
  public void warnOnce(Position at, String sentence) {
    if (all.stream().noneMatch(complaint -> complaint.sentence().equals(sentence))) {
      warning(at, sentence);
    }
  }

  /// One place has one complaint: the first.
  private boolean add(Position at, String sentence, Severity severity) {
    if (!seen.add(at)) {
      return false;
    }
    var text = lines.getOrDefault(at.file(), List.of());
    var source = at.line() <= text.size() ? text.get(at.line() - 1) : "";
    all.add(new Complaint(at, sentence, severity, source));
    return true;
  }

  /// The same, to which more can be added by itself.
  public Complaints copy() {
    var copy = new Complaints();
    copy.lines.putAll(lines);
    copy.all.addAll(all);
    copy.seen.addAll(seen);
    copy.errors = errors;
    return copy;
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  boolean isFull() {
    return errors >= MOST;
  }

  /// In the order of the lines, file by file.
  public List<Complaint> all() {
    return all.stream()
        .sorted(
            Comparator.comparing((Complaint complaint) -> complaint.at().file())
                .thenComparing(complaint -> complaint.at().line())
                .thenComparing(complaint -> complaint.at().column()))
        .toList();
  }
}
