package io.sipscope.http.mi.capture;

import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiTree;
import io.sipscope.persistence.capture.CaptureSwitch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.RecipientRef;

/// The command of OpenSIPS's module `sipcapture`: whether HEP is taken in, on all nodes. Unlike in
/// OpenSIPS 4.1, switching works.
public final class CaptureCommands {
  private static final MiOutcome BAD_VALUE = new MiOutcome.Fault(400, "Bad parameter value");
  private static final MiLegacy.Reply BAD = new MiLegacy.Reply.Fault(400, "Bad parameter");
  private static final String MODE = "capture_mode";

  private final RecipientRef<CaptureSwitch.Command> capture;
  private final Asking asking;

  public CaptureCommands(RecipientRef<CaptureSwitch.Command> capture, Asking asking) {
    this.capture = capture;
    this.asking = asking;
  }

  public List<MiCommand> commands() {
    return List.of(
        MiCommand.of(
                "sip_capture",
                "sipcapture:capture",
                "Whether HEP is taken in; on and off switch it on all nodes.",
                new MiRecipe(
                    List.of(),
                    _ -> read().thenApply(on -> MiOutcome.of(Map.of("SIP capturing", text(on))))),
                new MiRecipe(List.of(MiParameter.text(MODE)), given -> flip(given.text(MODE))))
            .inTwo(new MiLegacy(this::inTwo)));
  }

  private CompletionStage<Boolean> read() {
    return asking
        .<CaptureSwitch.Command, CaptureSwitch.State>ask(capture, CaptureSwitch.Read::new)
        .thenApply(CaptureSwitch.State::on);
  }

  private static String text(boolean on) {
    return on ? "on" : "off";
  }

  private CompletionStage<MiOutcome> flip(String mode) {
    return mode(mode).map(on -> flip(on).thenApply(_ -> MiOutcome.ok())).orElseGet(BAD_VALUE::now);
  }

  private CompletionStage<CaptureSwitch.State> flip(boolean on) {
    return asking.ask(capture, replyTo -> new CaptureSwitch.Flip(on, replyTo));
  }

  /// Whatever its case; empty for what is neither.
  private static Optional<Boolean> mode(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on" -> Optional.of(true);
      case "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private CompletionStage<MiLegacy.Reply> inTwo(List<String> given) {
    if (given.isEmpty()) {
      return read()
          .thenApply(
              on -> new MiLegacy.Reply.Tree(MiTree.root(List.of(MiTree.leaf("", text(on))))));
    }
    return mode(given.getFirst())
        .map(on -> flip(on).thenApply(_ -> nothing()))
        .orElseGet(() -> CompletableFuture.completedStage(BAD));
  }

  private static MiLegacy.Reply nothing() {
    return new MiLegacy.Reply.Tree(MiTree.NOTHING);
  }
}
