package io.sipscope.http;

import io.sipscope.http.captures.CaptureImport;
import io.sipscope.http.live.LiveFeed;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.statistics.Counters;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.actor.typed.RecipientRef;

/// Everyone the API may speak to: shard references and stores in production, probes in tests.
///
/// @param dialogs the entity of a key
/// @param ready whether this node takes traffic: joined, store reachable
public record Actors(
    Function<String, RecipientRef<Dialog.Command>> dialogs,
    RecipientRef<LiveFeed.Command> live,
    DialogIndex index,
    DialogHistory history,
    CaptureImport imports,
    Counters counters,
    BooleanSupplier ready) {}
