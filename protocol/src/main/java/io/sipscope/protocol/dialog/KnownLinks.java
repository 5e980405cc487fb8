package io.sipscope.protocol.dialog;

import io.sipscope.protocol.link.Link;
import io.sipscope.protocol.link.LinkTokens;
import java.util.ArrayList;
import java.util.List;

/// What other legs of a call may be found by, as tokens: those of its earliest links, the same ones
/// in whatever order the messages arrive.
final class KnownLinks {
  /// Session-IDs change with every transfer, references are one or two.
  static final int MAX_NAMES = 12;

  /// Offer and answer of two media, and once more after a transfer.
  static final int MAX_MEDIA = 8;

  private final Firsts<String> names = new Firsts<>(MAX_NAMES);
  private final Firsts<String> media = new Firsts<>(MAX_MEDIA);

  void see(List<Link> links, long time) {
    for (var link : links) {
      var firsts = link instanceof Link.Media ? media : names;
      int rank = 0;
      for (var token : LinkTokens.of(List.of(link))) {
        firsts.see(token, time, rank++);
      }
    }
  }

  List<String> tokens() {
    var tokens = new ArrayList<>(names.list());
    tokens.addAll(media.list());
    return List.copyOf(tokens);
  }
}
