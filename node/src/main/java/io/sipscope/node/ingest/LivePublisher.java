package io.sipscope.node.ingest;

import io.sipscope.http.live.Audience;
import io.sipscope.http.live.LiveFeed;
import io.sipscope.persistence.dialog.Traffic;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.dialog.Seen;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/// Shows what was just stored to whoever watches, if anybody does: only then is it parsed again.
public record LivePublisher(ActorRef<LiveFeed.Command> feed, Audience audience)
    implements Consumer<Bursts.Stored> {

  @Override
  public void accept(Bursts.Stored stored) {
    if (!audience.isPresent()) {
      return;
    }
    var rungs = rungs(stored);
    if (!rungs.isEmpty() && audience.admits(rungs.size())) {
      feed.tell(new LiveFeed.Publish(new Traffic(stored.key(), rungs)));
    }
  }

  /// What is new in it, read again.
  public static List<Rung> rungs(Bursts.Stored stored) {
    var rungs = new ArrayList<Rung>(stored.arrivals().size());
    long seq = stored.ack().firstSeq();
    var seen = stored.ack().seen();
    for (int i = 0; i < seen.size(); i++) {
      var capture = stored.arrivals().get(i).capture();
      if (seen.get(i) != Seen.DUPLICATE
          && SipParser.parse(capture.sip()) instanceof SipMessage message) {
        rungs.add(new Rung(seq++, capture, message, seen.get(i) == Seen.RETRANSMISSION));
      }
    }
    return rungs;
  }
}
