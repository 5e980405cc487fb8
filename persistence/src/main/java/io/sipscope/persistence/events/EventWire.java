package io.sipscope.persistence.events;

import io.sipscope.persistence.events.Event.Parameter;
import io.sipscope.persistence.events.Event.Value;
import io.sipscope.persistence.events.Forwarding.Place;
import io.sipscope.persistence.wire.NodeWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/// Writes and reads what nodes tell each other of events.
public final class EventWire extends NodeWire {
  private static final String SUBSCRIPTION = "events.subscription/2";
  private static final String LEARN = "events.learn/2";
  private static final String FORWARD = "events.forward/2";
  private static final String REACHED = "events.reached/1";
  private static final String HAS = "events.has/1";
  private static final String HEARD = "events.heard/1";
  private static final String TOLD = "events.told/1";
  private static final String WATCHED = "events.watched/1";
  private static final int IDENTIFIER = 50_621;
  private static final int USUAL_BYTES = 200;

  /// A parameter: two texts that may be empty, and what kind it is.
  private static final int SMALLEST = 3;

  /// Three texts that may be empty, a time, a count and two flags.
  private static final int SMALLEST_SUBSCRIPTION = 14;

  /// What became of the events of a socket: two texts and five numbers of 8 bytes.
  private static final int SMALLEST_DELIVERIES = 42;

  public EventWire() {
    super(IDENTIFIER, USUAL_BYTES);
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case Subscription _ -> SUBSCRIPTION;
      case Subscriptions.Learn _ -> LEARN;
      case Subscriptions.Forward _ -> FORWARD;
      case Subscriptions.Reached _ -> REACHED;
      case Subscriptions.Has _ -> HAS;
      case Subscriptions.Told _ -> TOLD;
      case EventBoards.Heard _ -> HEARD;
      case EventBoards.Watched _ -> WATCHED;
      default -> throw unknown(value);
    };
  }

  @Override
  protected void write(WireOutput out, Object value) {
    switch (value) {
      case Subscription subscription -> write(out, subscription);
      case Subscriptions.Learn(var subscription) -> write(out, subscription);
      case Subscriptions.Forward(var place, var subscriptions, var event) -> {
        write(out, place);
        out.count(subscriptions.size());
        subscriptions.forEach(one -> write(out, one));
        write(out, event);
      }
      case Subscriptions.Reached(var place) -> write(out, place);
      case Subscriptions.Has(var stream, var number) -> {
        out.i64(stream);
        out.i64(number);
      }
      case Subscriptions.Told(var deliveries) -> write(out, deliveries);
      case EventBoards.Heard(var happened) -> {
        out.i64(happened.at());
        out.text(happened.node());
        write(out, happened.event());
      }
      case EventBoards.Watched(var node, var interest) -> {
        out.text(node);
        out.u8(interest.usual() ? 1 : 0);
        out.count(interest.names().size());
        interest.names().forEach(out::text);
      }
      default -> throw unknown(value);
    }
  }

  @Override
  protected Object read(WireInput in, String manifest) throws Unreadable {
    return switch (manifest) {
      case SUBSCRIPTION -> subscription(in);
      case LEARN -> new Subscriptions.Learn(subscription(in));
      case FORWARD -> new Subscriptions.Forward(place(in), subscriptions(in), event(in));
      case REACHED -> new Subscriptions.Reached(place(in));
      case HAS -> new Subscriptions.Has(in.i64(), in.i64());
      case TOLD -> new Subscriptions.Told(deliveries(in));
      case HEARD -> new EventBoards.Heard(new Happened(in.i64(), in.text(), event(in)));
      case WATCHED -> new EventBoards.Watched(in.text(), interest(in));
      default -> throw unknown(manifest);
    };
  }

  private static void write(WireOutput out, Subscription subscription) {
    out.text(subscription.event());
    out.text(subscription.socket().text());
    out.i64(subscription.subscribedAt());
    out.count(subscription.expire());
    out.u8(subscription.era() == Subscription.Era.TEXT ? 0 : 1);
    out.text(subscription.owner());
    out.u8(subscription.permanent() ? 1 : 0);
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
        in.text(),
        in.flag());
  }

  private static List<Subscription> subscriptions(WireInput in) throws Unreadable {
    var all = new ArrayList<Subscription>();
    for (int left = in.elements(SMALLEST_SUBSCRIPTION); left > 0; left--) {
      all.add(subscription(in));
    }
    return all;
  }

  private static void write(WireOutput out, Place place) {
    out.text(place.from());
    out.i64(place.stream());
    out.i64(place.number());
    out.i64(place.acknowledged());
  }

  private static Place place(WireInput in) throws Unreadable {
    return new Place(in.text(), in.i64(), in.i64(), in.i64());
  }

  private static void write(WireOutput out, SocketDeliveries deliveries) {
    out.text(deliveries.node());
    out.count(deliveries.bySocket().size());
    deliveries
        .bySocket()
        .forEach(
            (socket, one) -> {
              out.text(socket);
              out.i64(one.sent());
              out.i64(one.failed());
              out.i64(one.dropped());
              out.i64(one.retried());
              out.i64(one.queued());
              out.text(one.lastFailure());
            });
  }

  private static SocketDeliveries deliveries(WireInput in) throws Unreadable {
    var node = in.text();
    var bySocket = new HashMap<String, Deliveries>();
    for (int left = in.elements(SMALLEST_DELIVERIES); left > 0; left--) {
      bySocket.put(
          in.text(), new Deliveries(in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.text()));
    }
    return new SocketDeliveries(node, bySocket);
  }

  private static EventBoard.Interest interest(WireInput in) throws Unreadable {
    boolean usual = in.flag();
    var names = new HashSet<String>();
    for (int left = in.elements(1); left > 0; left--) {
      names.add(in.text());
    }
    return new EventBoard.Interest(usual, names);
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
