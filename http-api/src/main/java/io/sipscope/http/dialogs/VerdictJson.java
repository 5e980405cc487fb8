package io.sipscope.http.dialogs;

import io.sipscope.protocol.verdict.Catalogue;
import io.sipscope.protocol.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;

/// A verdict in the API's JSON.
///
/// @param version of the rule; 0 for what was told before rules had versions
/// @param where the address of the host that it is about, or null
/// @param check what to look at next, or null
public record VerdictJson(
    String level,
    String title,
    String detail,
    List<Long> evidence,
    String rule,
    int version,
    String where,
    String check,
    List<NoteJson> notes) {

  /// What a message of the evidence shows.
  public record NoteJson(long seq, String text) {}

  /// @param seq the number in the dialog of what the verdict calls its nth message
  static VerdictJson of(Verdict verdict, LongUnaryOperator seq) {
    return new VerdictJson(
        verdict.level().name().toLowerCase(Locale.ROOT),
        verdict.title(),
        verdict.detail(),
        verdict.evidence().stream().map(seq::applyAsLong).toList(),
        verdict.rule(),
        verdict.version(),
        verdict.where().isEmpty() ? null : verdict.where(),
        Catalogue.check(verdict.rule()).orElse(null),
        verdict.notes().stream()
            .map(note -> new NoteJson(seq.applyAsLong(note.seq()), note.text()))
            .toList());
  }
}
