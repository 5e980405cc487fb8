package io.sipscope.node.events;

import io.sipscope.node.Resolver;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.SubscriberSocket.Choice;
import io.sipscope.persistence.events.Subscription.Era;
import java.io.IOException;
import java.util.ArrayList;

/// Takes events to whoever one socket names. Used by one thread, which it may block.
interface Outlet extends AutoCloseable {

  /// @param attempt how often it was sent before
  void tell(Era era, EventPayload event, int attempt) throws IOException;

  @Override
  void close();

  /// What a subscriber will not take however often it is sent.
  final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }

    static Refused because(IOException cause) {
      var refused = new Refused(cause.getMessage());
      refused.initCause(cause);
      return refused;
    }
  }

  /// @throws IllegalArgumentException for a socket that is told by others: `virtual:` but for
  ///     FAILOVER, `route:`
  static Outlet to(SubscriberSocket socket, EventSettings settings, Resolver resolver) {
    return switch (socket) {
      case SubscriberSocket.Virtual(var choice, var members) when choice == Choice.FAILOVER -> {
        var outlets = new ArrayList<Outlet>();
        for (var member : members) {
          outlets.add(to(member, settings, resolver));
        }
        yield new Failover(outlets, settings.failover());
      }
      case SubscriberSocket.Web(var url) -> new Webhook(url, settings.secret(), settings.timeout());
      default -> new OneWire(socket, Wire.to(socket, settings, resolver));
    };
  }

  /// An event is bytes that are put on a wire.
  record OneWire(SubscriberSocket socket, Wire wire) implements Outlet {
    @Override
    public void tell(Era era, EventPayload event, int attempt) throws IOException {
      wire.send(event.in(EventForm.of(socket, era)));
    }

    @Override
    public void close() {
      wire.close();
    }
  }
}
