package io.sipscope.http.dialogs;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.reindex.Reindex;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.legs.LegRules;
import java.util.function.Function;
import org.apache.pekko.actor.typed.RecipientRef;

/// The dialogs of all nodes, and what they are called.
///
/// @param entities the entity of a key
/// @param reindex builds the index anew, on this node
/// @param trunks the first configured trunk that a dialog uses; empty when none
/// @param names what hosts are called in ladders
/// @param legs what counts as another leg of a call
public record StoredDialogs(
    Function<String, RecipientRef<Dialog.Command>> entities,
    DialogIndex index,
    DialogHistory history,
    Reindex reindex,
    Function<DialogSummary, String> trunks,
    HostNames names,
    LegRules legs) {}
