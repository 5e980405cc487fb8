package io.sipscope.bench.chaos;

import io.sipscope.bench.chaos.MessageCheck.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was found when all was over.
///
/// @param found of everything that was acknowledged
/// @param sought what a search has
/// @param unfound acknowledged calls that it does not have, or not whole
/// @param damaged of some dialogs, whoever sent them, those that cannot be read whole
/// @param promised messages that the node said it has stored when it was last asked: at least
record Outcome(Found found, SearchCheck sought, long unfound, long damaged, long promised) {

  /// @param journal what the journal itself says, of a store that outlives its node
  List<String> complaints(Optional<JournalCheck> journal) {
    var complaints = new ArrayList<String>();
    if (!found.isRight()) {
      complaints.add("of what was acknowledged: " + found);
    }
    if (found.messages() == 0) {
      complaints.add("nothing was acknowledged, so nothing was tried");
    }
    if (unfound != 0) {
      complaints.add("acknowledged calls that the search does not find whole: " + unfound);
    }
    if (damaged != 0) {
      complaints.add("damaged dialogs: " + damaged);
    }
    if (sought.stored() < promised) {
      complaints.add(
          "stored " + sought.stored() + " messages, and had said " + promised + " or more");
    }
    journal.ifPresent(check -> complaints.addAll(check.complaints(sought.messages().size())));
    return complaints;
  }
}
