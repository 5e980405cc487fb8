package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.GOOD;

/// Rules on requests outside calls that were answered with a 2xx.
final class Answered {
  static final Rule KEEPALIVE_ANSWERED =
      new Rule("keepalive-answered", 1, GOOD, "OPTIONS was answered with a 2xx.", "");

  static final Rule REQUEST_ANSWERED =
      new Rule("request-answered", 2, GOOD, "Any other request was answered with a 2xx.", "");

  private Answered() {}

  /// What is sent inside calls alone.
  private static boolean isOfACall(String method) {
    return switch (method) {
      case "UPDATE", "INFO", "PRACK", "OPTIONS" -> true;
      default -> false;
    };
  }

  static Verdict of(Case dialog) {
    var decisive = dialog.decisive();
    if (!decisive.success().happened() || dialog.method().equals("BYE")) {
      return Calls.ended(dialog);
    }
    if (dialog.midstream() && isOfACall(dialog.method())) {
      return Calls.up(dialog);
    }
    boolean ping = dialog.method().equals("OPTIONS");
    int challenges = dialog.attempts().indexOf(decisive);
    return new Telling(
            ping ? KEEPALIVE_ANSWERED : REQUEST_ANSWERED,
            dialog.method() + " answered",
            "The answer was "
                + decisive.successStatus()
                + dialog.afterDecisive(decisive.success())
                + (challenges > 0 ? ", after " + Words.times(challenges, "challenge") : "")
                + ".")
        .at(Words.callee(decisive.nearest().getFirst()))
        .show(decisive.request(), dialog.method())
        .show(dialog.ended(), "answer")
        .verdict();
  }
}
