package io.sipscope.persistence.events;

import io.sipscope.persistence.events.Event.Parameter;
import io.sipscope.persistence.events.Event.Value;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.ArrayList;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes and reads what nodes tell each other of events.
public final class EventWire extends SerializerWithStringManifest {
  private static final String SUBSCRIPTION = "events.subscription/1";
  private static final String LEARN = "events.learn/1";
  private static final String FORWARD = "events.forward/1";
  private static final int IDENTIFIER = 50_621;
  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 200;

  /// A parameter: two texts that may be empty, and what kind it is.
  private static final int SMALLEST = 3;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case Subscription _ -> SUBSCRIPTION;
      case Subscriptions.Learn _ -> LEARN;
      case Subscriptions.Forward _ -> FORWARD;
      default -> throw new IllegalArgumentException("no manifest for " + value.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    var out = new WireOutput(USUAL_BYTES);
    out.u8(VERSION);
    switch (value) {
      case Subscription subscription -> write(out, subscription);
      case Subscriptions.Learn(var subscription) -> write(out, subscription);
      case Subscriptions.Forward(var event) -> write(out, event);
      default -> throw new IllegalArgumentException("no bytes for " + value.getClass());
    }
    return out.toArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws Unreadable {
    var in = new WireInput(bytes);
    in.expectVersion(VERSION);
    Object value =
        switch (manifest) {
          case SUBSCRIPTION -> subscription(in);
          case LEARN -> new Subscriptions.Learn(subscription(in));
          case FORWARD -> new Subscriptions.Forward(event(in));
          default -> throw new Unreadable("manifest " + manifest + " (unknown to this node)");
        };
    in.expectEnd();
    return value;
  }

  private static void write(WireOutput out, Subscription subscription) {
    out.text(subscription.event());
    out.text(subscription.socket().text());
    out.i64(subscription.subscribedAt());
    out.count(subscription.expire());
    out.u8(subscription.era() == Subscription.Era.TEXT ? 0 : 1);
    out.text(subscription.owner());
  }

  private static Subscription subscription(WireInput in) throws Unreadable {
    var event = in.text();
    var text = in.text();
    var socket = SubscriberSocket.parse(text);
    if (socket.isEmpty()) {
      throw new Unreadable("socket " + text + " (of no kind this node knows)");
    }
    return new Subscription(
        event,
        socket.get(),
        in.i64(),
        (int) Math.min(in.count(), Integer.MAX_VALUE),
        in.flag() ? Subscription.Era.JSON : Subscription.Era.TEXT,
        in.text());
  }

  private static void write(WireOutput out, Event event) {
    out.text(event.name());
    out.count(event.parameters().size());
    for (var parameter : event.parameters()) {
      out.text(parameter.name());
      switch (parameter.value()) {
        case Value.Text(var text) -> {
          out.u8(0);
          out.text(text);
        }
        case Value.Whole(long number) -> {
          out.u8(1);
          out.i64(number);
        }
      }
    }
  }

  private static Event event(WireInput in) throws Unreadable {
    var name = in.text();
    var parameters = new ArrayList<Parameter>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      parameters.add(
          new Parameter(
              in.text(), in.flag() ? new Value.Whole(in.i64()) : new Value.Text(in.text())));
    }
    return new Event(name, parameters);
  }
}
