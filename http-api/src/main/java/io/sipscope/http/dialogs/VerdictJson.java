package io.sipscope.http.dialogs;

import io.sipscope.protocol.dialog.Verdict;
import java.util.List;
import java.util.Locale;

/// A verdict in the API's JSON.
public record VerdictJson(
    String level, String title, String detail, List<Long> evidence, String rule) {

  public static VerdictJson of(Verdict verdict) {
    return new VerdictJson(
        verdict.level().name().toLowerCase(Locale.ROOT),
        verdict.title(),
        verdict.detail(),
        verdict.evidence(),
        verdict.rule());
  }
}
