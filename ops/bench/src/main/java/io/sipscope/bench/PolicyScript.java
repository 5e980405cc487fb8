package io.sipscope.bench;

import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.Program;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.grammar.Includes;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Nanoseconds that a policy script costs for each message: the daily push of statistics as its
/// tutorial has it, a choice of what is traced, and a script that asks much. And microseconds that
/// ten thousand lines take to be read.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyScript {
  private static final String COUNTING =
      """
      route {
        update_stat("method:$rm", "+1");
        update_stat("packet:count", "+1");
        update_stat("packet:total_size", "$ml");
      }
      onreply_route {
        update_stat("packet:count", "+1");
        update_stat("packet:total_size", "$ml");
      }
      """;

  private static final String CHOOSING =
      """
      route {
        $var(trace_id) = "tid";
        $var(user) = "osip_user@opensips.org";
        if (has_totag()) {
          if (is_method("BYE")) { sip_trace("$var(trace_id)", "m", "sip|rest", "$var(user)"); }
        } else {
          if (is_method("INVITE")) { sip_trace("$var(trace_id)", "m", "sip|rest", "$var(user)"); }
        }
      }
      """;

  private static final String ASKING =
      """
      route {
        if ($ua =~ "friendly-scanner|sipvicious" || $si == 192.0.2.0/24) drop;
        if ($(ru{uri.user}) =~ "^(\\\\+|00)[1-9][0-9]{5,}$" && $hdr(P-Asserted-Identity) == NULL) {
          $var(to) = "00" + $rU;
          switch ($rm) {
            case "REGISTER": update_stat("method:register", 1); break;
            case "INVITE": route(count, "$var(to) of $fU"); break;
            default: update_stat("method:other", 1);
          }
        }
      }
      route[count] { if ($param(1) != NULL) update_stat("method:abroad", 1); }
      """;

  private static final String INVITE =
      """
      INVITE sip:+4930123456@example.org SIP/2.0
      Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK776asdhds
      Max-Forwards: 70
      From: "Alice" <sip:alice@example.org>;tag=1928301774
      To: <sip:+4930123456@example.org>
      Call-ID: a84b4c76e66710@10.0.0.1
      CSeq: 314159 INVITE
      Contact: <sip:alice@10.0.0.1:5060>
      User-Agent: bench/1.0
      Content-Length: 0

      """;

  private final CountingWorld world = new CountingWorld();
  private Program counting;
  private Program choosing;
  private Program asking;
  private Subject subject;
  private String tenThousandLines;

  @Setup
  public void aNode() {
    counting = program(COUNTING);
    choosing = program(CHOOSING);
    asking = program(ASKING);
    subject = subject(INVITE.replace("\n", "\r\n"));
    var lines = new StringBuilder();
    for (var i = 0; i < 1_000; i++) {
      lines.append("route[r").append(i).append("] {\n");
      lines.append("  $var(x) = $var(x) + 1;\n".repeat(4));
      lines.append("  if ($rm == \"INVITE\" && $ml > 5) {\n    xlog(\"$rm\");\n  }\n}\n\n");
    }
    tenThousandLines = lines.toString();
  }

  private static Outcome read(String text) {
    var registry = PolicyLanguage.registry(_ -> true, Dispatcher.none());
    return ScriptReader.read("bench.cfg", text, registry, Includes.none());
  }

  private static Program program(String text) {
    return switch (read(text)) {
      case Outcome.Refused(var complaints) ->
          throw new IllegalStateException(complaints.getFirst().shown());
      case Script script ->
          script.program(
              (at, sentence) -> {
                throw new IllegalStateException(at + " " + sentence);
              });
    };
  }

  private static Subject subject(String sip) {
    var bytes = Bytes.of(sip);
    var capture =
        new Capture(
            0,
            0,
            Transport.UDP,
            Endpoint.parse("10.0.0.1:5060").orElseThrow(),
            Endpoint.parse("10.0.0.2:5060").orElseThrow(),
            new Agent(2001, "edge"),
            "",
            SourceKind.HEP,
            bytes);
    return switch (SipParser.parse(bytes)) {
      case SipMessage message -> new Subject(message, capture, "key", "");
      default -> throw new IllegalStateException("no SIP message");
    };
  }

  private Run run(Program program) {
    var run = new Run(Optional.of(subject), world, 10_000);
    program.message(run);
    return run;
  }

  @Benchmark
  public Run tutorialThatCounts() {
    return run(counting);
  }

  @Benchmark
  public Run tutorialThatTraces() {
    return run(choosing);
  }

  @Benchmark
  public Run scriptThatAsksMuch() {
    return run(asking);
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public Outcome tenThousandLinesAreRead() {
    return read(tenThousandLines);
  }
}
