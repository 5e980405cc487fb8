package io.sipscope.ops;

import io.sipscope.ops.replay.FrameSpool;
import io.sipscope.ops.replay.Outlet;
import io.sipscope.ops.replay.Playback;
import io.sipscope.ops.replay.Speed;
import io.sipscope.ops.replay.Tally;
import io.sipscope.ops.replay.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `replay CALL-ID|FILTER --to TARGET`: sends stored dialogs again. All are read before the first
/// is sent, so that the node's pace does not disturb theirs.
@Command(
    name = "replay",
    description = "Sends stored dialogs again, in their order and their own timing.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sipscope replay a84b4c76@pc33.example.com --to hep:127.0.0.1:9061",
      "  sipscope replay 'from=alice&status=4xx' --to hep-tcp:homer:9060 --speed max",
      "  sipscope replay start=2026-11-21T09:00:00Z --to sip:[::1]:5070 --speed 2"
    })
final class Replay implements Callable<Integer> {
  @Mixin private RemoteNode node;

  @Parameters(
      paramLabel = "CALL-ID|FILTER",
      converter = SelectionOf.class,
      description = {
        "One dialog by its Call-ID, or all that a search finds: NAME=VALUE[&NAME=VALUE...] with the"
            + " filters of /api/dialogs, percent-encoded as in a URL. What begins with a filter's"
            + " name and = is a filter; a Call-ID that does is written call-id=VALUE."
      })
  private Selection selection;

  @Option(
      names = "--to",
      paramLabel = "TARGET",
      required = true,
      converter = TargetOf.class,
      description = {
        "hep:HOST:PORT for HEP3 with all that was captured, sip:HOST:PORT for the SIP bytes alone,"
            + " a datagram each; hep-tcp: and sip-tcp: over one TCP connection, which messages"
            + " above 64 kB need. IPv6 in brackets."
      })
  private Target target;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      defaultValue = "1",
      converter = SpeedOf.class,
      description = {
        "2 = twice as fast, 0.5 = half as fast; max = without pauses, as fast as TCP takes it, or "
            + "5,000 datagrams a second (default: 1)."
      })
  private Speed speed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Failure, InterruptedException {
    var address = resolved();
    try (var remote = node;
        var spool = new FrameSpool()) {
      int dialogs = fetched(remote, spool);
      if (spool.messages() == 0) {
        throw new Failure("no stored dialog is like that" + selection.hint());
      }
      announce(spool, dialogs);
      return sent(spool, dialogs, address);
    } catch (IOException e) {
      throw new Failure("messages could not be sorted in a temporary file: " + e.getMessage(), e);
    }
  }

  private InetSocketAddress resolved() throws Failure {
    try {
      return target.resolve();
    } catch (UnknownHostException e) {
      throw new Failure("--to " + target + ": there is no host " + target.host(), e);
    }
  }

  private int fetched(RemoteNode remote, FrameSpool spool) throws Failure, InterruptedException {
    try (var stream = remote.stream(selection.hepPath());
        var progress = Progress.counting("Reading", " messages")) {
      return new Fetch(spool, progress::stepTo).all(stream);
    } catch (RemoteNode.Refused e) {
      throw new Failure(e.getMessage() + selection.hint(), e);
    } catch (IOException e) {
      throw new Failure("the messages could not be read: " + e.getMessage(), e);
    }
  }

  private void announce(FrameSpool spool, int dialogs) {
    err()
        .println(
            "%s captured in %s; sending takes %s"
                .formatted(
                    amount(spool.messages(), dialogs),
                    clock(spool.span()),
                    clock(speed.scaled(spool.span()))));
  }

  private int sent(FrameSpool spool, int dialogs, InetSocketAddress address)
      throws Failure, InterruptedException, IOException {
    try (var outlet = open(address)) {
      long start = System.nanoTime();
      var tally = played(spool, new Playback(target.content(), outlet, speed));
      report(tally, spool.messages(), dialogs, System.nanoTime() - start);
      return tally.failed() == 0 ? 0 : 1;
    }
  }

  private Tally played(FrameSpool spool, Playback playback)
      throws InterruptedException, IOException {
    try (var progress = Progress.of("Sending", spool.messages(), " messages")) {
      var warned = new FirstFailure();
      return playback.run(
          spool,
          (messages, soFar) -> {
            progress.stepTo(messages);
            warned.look(soFar);
          });
    }
  }

  private Outlet open(InetSocketAddress address) throws Failure {
    try {
      return Outlet.open(target.carrier(), address);
    } catch (ConnectException e) {
      throw new Failure("nobody listens at " + target + " (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw new Failure(target + " cannot be reached: " + e.getMessage(), e);
    }
  }

  /// Says that something went wrong when it does first, as a replay may go on for hours.
  private final class FirstFailure {
    private boolean said;

    void look(Tally tally) {
      if (!said && tally.failed() > 0) {
        said = true;
        err().println("sipscope: " + target + ": " + Printable.line(tally.failures()));
      }
    }
  }

  private void report(Tally tally, long messages, int dialogs, long nanos) {
    var sent =
        tally.sent() == messages
            ? amount(messages, dialogs)
            : tally.sent() + " of " + amount(messages, dialogs);
    out()
        .println(
            Printable.line(
                "%s sent to %s in %.1f s: %d bytes, %s"
                    .formatted(
                        sent,
                        target,
                        nanos / (double) TimeUnit.SECONDS.toNanos(1),
                        tally.bytes(),
                        tally.failures())));
  }

  private static String amount(long messages, int dialogs) {
    return "%d message%s of %d dialog%s"
        .formatted(messages, messages == 1 ? "" : "s", dialogs, dialogs == 1 ? "" : "s");
  }

  /// `0:01:12.5`.
  private static String clock(long nanos) {
    var time = Duration.ofNanos(nanos);
    return "%d:%02d:%02d.%d"
        .formatted(
            time.toHours(), time.toMinutesPart(), time.toSecondsPart(), time.toMillisPart() / 100);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private static <T> T converted(String word, Function<String, T> conversion) {
    try {
      return conversion.apply(word);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  static final class SelectionOf implements ITypeConverter<Selection> {
    @Override
    public Selection convert(String word) {
      return converted(word, Selection::of);
    }
  }

  static final class TargetOf implements ITypeConverter<Target> {
    @Override
    public Target convert(String word) {
      return converted(word, Target::parse);
    }
  }

  static final class SpeedOf implements ITypeConverter<Speed> {
    @Override
    public Speed convert(String word) {
      return converted(word, Speed::parse);
    }
  }
}
