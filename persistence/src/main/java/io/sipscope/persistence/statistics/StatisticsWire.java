package io.sipscope.persistence.statistics;

import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes and reads what statistics send to other nodes.
public final class StatisticsWire extends SerializerWithStringManifest {
  private static final String PART = "statistics.part/1";
  private static final String RESET = "statistics.reset/1";
  private static final String CONFIRMED = "statistics.confirmed/1";
  private static final int IDENTIFIER = 50_602;
  private static final int VERSION = 1;
  private static final int SMALL = 64;
  private static final int SMALLEST_NAME = 2;

  private final ActorRefResolver refs;

  public StatisticsWire(ExtendedActorSystem system) {
    refs = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case Part _ -> PART;
      case Statistics.ResetHere _ -> RESET;
      case Statistics.Confirmed _ -> CONFIRMED;
      default -> throw new IllegalArgumentException("no manifest for " + value.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    return switch (value) {
      case Part part -> PartWire.encode(part);
      case Statistics.ResetHere reset -> encode(reset);
      case Statistics.Confirmed(var number, var node) -> {
        var out = new WireOutput(SMALL);
        out.u8(VERSION);
        out.i64(number);
        out.text(node);
        yield out.toArray();
      }
      default -> throw new IllegalArgumentException("no bytes for " + value.getClass());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws Unreadable {
    return switch (manifest) {
      case PART -> PartWire.decode(bytes);
      case RESET -> reset(new WireInput(bytes));
      case CONFIRMED -> confirmed(new WireInput(bytes));
      default ->
          throw new Unreadable(
              "manifest " + manifest + " (this node reads " + PART + " and what resets say)");
    };
  }

  private byte[] encode(Statistics.ResetHere reset) {
    var out = new WireOutput(SMALL);
    out.u8(VERSION);
    out.i64(reset.number());
    out.text(refs.toSerializationFormat(reset.replyTo()));
    out.count(reset.names().size());
    for (var name : reset.names()) {
      out.text(name.group());
      out.text(name.name());
    }
    return out.toArray();
  }

  private Statistics.ResetHere reset(WireInput in) throws Unreadable {
    in.expectVersion(VERSION);
    long number = in.i64();
    var replyTo = refs.<Statistics.Command>resolveActorRef(in.text());
    Set<StatisticName> names = new HashSet<>();
    for (int left = in.elements(SMALLEST_NAME); left > 0; left--) {
      names.add(new StatisticName(in.text(), in.text()));
    }
    in.expectEnd();
    return new Statistics.ResetHere(names, number, replyTo);
  }

  private static Statistics.Confirmed confirmed(WireInput in) throws Unreadable {
    in.expectVersion(VERSION);
    var confirmed = new Statistics.Confirmed(in.i64(), in.text());
    in.expectEnd();
    return confirmed;
  }
}
