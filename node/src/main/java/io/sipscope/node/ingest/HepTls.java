package io.sipscope.node.ingest;

import io.sipscope.node.BadSetting;
import io.sipscope.node.agents.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS between the sockets and the frames. The certificate is read again when its files change:
/// who is connected stays so, who connects then sees the new one. While what is in the files is of
/// no use, as between the two steps of a renewal, the one before goes on.
final class HepTls {
  private static final Logger LOG = LoggerFactory.getLogger(HepTls.class);
  private static final Clock CLOCK = Clock.systemUTC();

  private final ActorSystem<?> system;
  private final HepTlsSettings settings;
  private final LongAdder failed = new LongAdder();
  private final LongAdder renewed = new LongAdder();
  private final MalformedLog failures = new MalformedLog(System::nanoTime);
  private volatile TlsIdentity identity;
  private List<String> seen;

  /// @throws BadSetting when the files are of no use
  HepTls(ActorSystem<?> system, HepTlsSettings settings, IngestCounters counters) {
    this.system = system;
    this.settings = settings;
    this.seen = stamps();
    this.identity = TlsIdentity.read(settings);
    counters.gauge("tls_handshakes_failed", failed::sum);
    counters.gauge("tls_certificates_read_again", renewed::sum);
    counters.gauge("tls_certificate_expires_in", this::secondsLeft);
    var looking =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                settings.reload(),
                settings.reload(),
                this::look,
                system
                    .dispatchers()
                    .lookup(DispatcherSelector.fromConfig("sipscope.blocking-dispatcher")));
    system.getWhenTerminated().thenRun(looking::cancel);
  }

  private long secondsLeft() {
    var end = identity.certificate().getNotAfter().toInstant();
    return Math.max(0, end.getEpochSecond() - CLOCK.instant().getEpochSecond());
  }

  private void look() {
    var now = stamps();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      identity = TlsIdentity.read(settings);
      renewed.increment();
      LOG.info(
          "HEP over TLS has a new certificate, good until {}",
          identity.certificate().getNotAfter().toInstant());
    } catch (BadSetting e) {
      LOG.warn("HEP over TLS goes on with the certificate it has: {}", e.getMessage());
    }
  }

  /// What tells that a file is another: its time, size and number.
  private List<String> stamps() {
    var stamps = new ArrayList<String>();
    Stream.concat(
            Stream.of(settings.certificate(), settings.key()),
            settings.clientAuthorities().stream())
        .forEach(file -> stamps.add(stamp(file)));
    return stamps;
  }

  private static String stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, "unix:lastModifiedTime,ctime,size,ino");
      return attributes.toString();
    } catch (IOException | UnsupportedOperationException e) {
      return e.getClass().getName();
    }
  }

  /// The handshake of one connection.
  private final class Handshake {
    private final Peer peer;
    private final AtomicBoolean isDone = new AtomicBoolean();

    private volatile Cancellable patience = Cancellable.alreadyCancelled();

    Handshake(Peer peer) {
      this.peer = peer;
    }

    /// Who opens connections and says nothing must not keep others out.
    void endsInTime(UniqueKillSwitch connection) {
      patience =
          system
              .scheduler()
              .scheduleOnce(
                  settings.handshakeTimeout(),
                  () -> {
                    if (!isDone.get()) {
                      connection.abort(
                          new TimeoutException(
                              "it took longer than " + settings.handshakeTimeout()));
                    }
                  },
                  system.executionContext());
    }

    void done() {
      isDone.set(true);
      patience.cancel();
    }

    /// The connection has ended, and with what.
    void ended(Throwable why) {
      patience.cancel();
      if (isDone.compareAndSet(false, true)) {
        failed.increment();
        long untold = failures.unsaid(peer.text());
        if (untold >= 0) {
          LOG.warn(
              "the TLS handshake of {} failed: {} ({} more since the last such line)",
              peer.text(),
              MalformedLog.printable(why == null ? "it closed the connection" : reason(why)),
              untold);
        }
      }
    }

    private static String reason(Throwable why) {
      return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    }
  }

  /// What a connection does with its bytes, once they are decrypted.
  Flow<ByteString, ByteString, NotUsed> around(
      Peer peer, Flow<ByteString, ByteString, NotUsed> served) {
    var handshake = new Handshake(peer);
    var inside =
        Flow.of(SslTlsInbound.class)
            .collectType(SessionBytes.class)
            .map(SessionBytes::bytes)
            .watchTermination(
                (_, ended) -> {
                  ended.whenComplete((_, why) -> handshake.ended(why));
                  return NotUsed.getInstance();
                })
            .via(served)
            .<SslTlsOutbound>map(SendBytes::new);
    var tls = TLS.create(() -> identity.engine(), _ -> handshake.done(), TLSClosing.eagerClose());
    return Flow.of(ByteString.class)
        .viaMat(KillSwitches.single(), Keep.right())
        .mapMaterializedValue(
            connection -> {
              handshake.endsInTime(connection);
              return NotUsed.getInstance();
            })
        .via(tls.reversed().join(inside));
  }
}
