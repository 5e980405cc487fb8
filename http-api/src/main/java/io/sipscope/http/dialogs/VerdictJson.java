package io.sipscope.http.dialogs;

import io.sipscope.protocol.dialog.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;

/// A verdict in the API's JSON.
public record VerdictJson(
    String level, String title, String detail, List<Long> evidence, String rule) {

  /// @param seq the number in the dialog of what the verdict calls its nth message
  static VerdictJson of(Verdict verdict, LongUnaryOperator seq) {
    return new VerdictJson(
        verdict.level().name().toLowerCase(Locale.ROOT),
        verdict.title(),
        verdict.detail(),
        verdict.evidence().stream().map(seq::applyAsLong).toList(),
        verdict.rule());
  }
}
