package io.sipscope.http.mi;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// A command as OpenSIPS 2.x had it: texts by their place, answered with a tree. Given where it is
/// not what follows from the command of 3.x.
///
/// @param run fails for what nobody foresaw
public record MiLegacy(Function<List<String>, CompletionStage<Reply>> run) {

  public sealed interface Reply {
    record Tree(MiTree root) implements Reply {}

    /// `400 Bad parameter`.
    record Fault(int code, String reason) implements Reply {}
  }
}
