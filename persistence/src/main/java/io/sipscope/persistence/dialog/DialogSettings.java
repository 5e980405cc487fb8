package io.sipscope.persistence.dialog;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.persistence.legs.LegSettings;
import io.sipscope.persistence.trace.Tracing;
import io.sipscope.protocol.link.LinkRules;

/// What a [Dialog] can be told.
///
/// @param trunks the configured trunks, to name the one of a dialog
/// @param plugins the configuration that has the journal's
/// @param tracing is asked what of a dialog is traced
/// @param listener is told of every change
/// @param links what other legs of a call are found by
public record DialogSettings(
    Trunks trunks, Config plugins, Tracing tracing, DialogListener listener, LinkRules links) {

  /// Reads `sipscope.trunks` and `sipscope.legs` of the whole configuration; traces nothing.
  public static DialogSettings from(Config config) {
    return new DialogSettings(
        Trunks.from(config),
        complete(config),
        Tracing.NONE,
        DialogListener.NONE,
        LegSettings.links(config));
  }

  public DialogSettings with(Tracing other) {
    return new DialogSettings(trunks, plugins, other, listener, links);
  }

  public DialogSettings tellingOf(DialogListener changes) {
    return new DialogSettings(trunks, plugins, tracing, changes, links);
  }

  /// A configuration that takes no more: Pekko lays what an actor has over all there is whenever it
  /// starts one, even nothing, and that is a twentieth of what a dialog costs.
  private static Config complete(Config config) {
    var nothingBehind = ConfigValueFactory.fromAnyRef("");
    return config.root().withFallback(nothingBehind).toConfig();
  }
}
