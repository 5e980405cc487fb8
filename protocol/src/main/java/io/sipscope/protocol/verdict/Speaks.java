package io.sipscope.protocol.verdict;

import java.util.Optional;

/// What a rule has to say on a dialog; empty when it is not its case.
@FunctionalInterface
interface Speaks {
  Optional<Verdict> on(Case dialog);
}
