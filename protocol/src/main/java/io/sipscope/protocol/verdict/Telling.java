package io.sipscope.protocol.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A verdict while a rule puts it into words.
final class Telling {
  private static final Comparator<Verdict.Note> IN_ORDER =
      Comparator.comparingLong(Verdict.Note::seq);

  private final Rule rule;
  private final String title;
  private final String detail;
  private final List<Verdict.Note> notes = new ArrayList<>(4);
  private String where = "";

  Telling(Rule rule, String title, String detail) {
    this.rule = rule;
    this.title = title;
    this.detail = detail;
  }

  /// @param host the address of the host that it is about
  Telling at(String host) {
    where = host;
    return this;
  }

  /// Shows a message as evidence, where there is one; the first label of a message counts.
  Telling show(Moment moment, String label) {
    if (moment.happened()) {
      for (var note : notes) {
        if (note.seq() == moment.seq()) {
          return this;
        }
      }
      notes.add(new Verdict.Note(moment.seq(), label));
    }
    return this;
  }

  Verdict verdict() {
    notes.sort(IN_ORDER);
    return new Verdict(rule.level(), title, detail, rule.name(), rule.version(), where, notes);
  }

  Optional<Verdict> spoken() {
    return Optional.of(verdict());
  }
}
