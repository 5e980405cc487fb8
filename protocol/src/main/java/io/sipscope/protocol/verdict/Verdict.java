package io.sipscope.protocol.verdict;

import java.util.List;

/// One sentence on what happened, one on why, and the messages that show it.
///
/// @param title what happened and where
/// @param detail why, with the mechanism; a weaker rule says "likely"
/// @param evidence sequence numbers of messages, those of `notes`, rising
/// @param rule the name of the rule that spoke, as the [Catalogue] has it
/// @param version of that rule; 0 for what was told before rules had versions
/// @param where the address of the host that it is about; empty when it is about none
/// @param notes what each message of the evidence shows
public record Verdict(
    Level level,
    String title,
    String detail,
    List<Long> evidence,
    String rule,
    int version,
    String where,
    List<Note> notes) {
  public Verdict {
    evidence = List.copyOf(evidence);
    notes = List.copyOf(notes);
  }

  /// One told before rules had versions and evidence had labels.
  public Verdict(Level level, String title, String detail, List<Long> evidence, String rule) {
    this(
        level,
        title,
        detail,
        evidence,
        rule,
        0,
        "",
        evidence.stream().map(seq -> new Note(seq, "")).toList());
  }

  public Verdict(
      Level level,
      String title,
      String detail,
      String rule,
      int version,
      String where,
      List<Note> notes) {
    this(level, title, detail, seqs(notes), rule, version, where, notes);
  }

  private static List<Long> seqs(List<Note> notes) {
    var seqs = new Long[notes.size()];
    for (int i = 0; i < seqs.length; i++) {
      seqs[i] = notes.get(i).seq();
    }
    return List.of(seqs);
  }

  /// A message of the evidence, and what it shows.
  ///
  /// @param text `Contact is private`; empty where the message's own name says it
  public record Note(long seq, String text) {}

  public enum Level {
    GOOD,
    WARN,
    BAD,
    INFO
  }
}
