package io.sipscope.node.events;

import com.typesafe.config.ConfigException;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import io.sipscope.persistence.events.Configured;
import io.sipscope.persistence.events.SubscriberSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// @param names events of the operator's own, which MI may raise
/// @param queue events that may wait for one socket
/// @param timeout how long a connection may take to open, and a subscriber to take an event
/// @param retries how often one that was not taken is sent again
/// @param backoff how long until it is first; twice as long until each next time
/// @param failover how long a member of a `virtual:FAILOVER` that failed is not asked again
/// @param secret what webhooks are signed with; empty: they are not
/// @param folder beneath which `flatstore:` may write; empty: anywhere
/// @param subscriptions what is subscribed to for as long as a node says so
public record EventSettings(
    List<String> names,
    int queue,
    Duration timeout,
    int retries,
    Duration backoff,
    Duration failover,
    String secret,
    String folder,
    List<Configured> subscriptions) {
  private static final String SUBSCRIPTIONS = "sipscope.events.subscriptions";
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  public EventSettings {
    names = List.copyOf(names);
    subscriptions = List.copyOf(subscriptions);
  }

  /// The secret is nobody's business.
  @Override
  public String toString() {
    return "EventSettings(" + names + ")";
  }

  /// Reads `sipscope.events`.
  public static EventSettings from(Setting setting) {
    return new EventSettings(
        setting.texts("sipscope.events.names"),
        setting.count("sipscope.events.queue", 1, 1_000_000),
        setting.duration("sipscope.events.timeout", Duration.ofMillis(50), Duration.ofMinutes(1)),
        setting.count("sipscope.events.retries", 0, 10),
        setting.duration("sipscope.events.backoff", Duration.ofMillis(10), LONGEST_BACKOFF),
        setting.duration("sipscope.events.failover", Duration.ZERO, Duration.ofHours(1)),
        setting.text("sipscope.events.webhook.secret"),
        setting.text("sipscope.events.flatstore.folder"),
        subscriptions(setting));
  }

  private static List<Configured> subscriptions(Setting setting) {
    try {
      return setting.config().getConfigList(SUBSCRIPTIONS).stream()
          .map(Setting::new)
          .map(EventSettings::subscription)
          .toList();
    } catch (ConfigException.WrongType wrong) {
      throw new BadSetting(
          SUBSCRIPTIONS,
          setting.config().getValue(SUBSCRIPTIONS).unwrapped(),
          "a list of { event = E_X, socket = \"udp:127.0.0.1:9000\" }");
    }
  }

  private static Configured subscription(Setting one) {
    var socket = one.text("socket");
    return new Configured(
        one.text("event"),
        SubscriberSocket.parse(socket)
            .orElseThrow(
                () ->
                    new BadSetting(
                        SUBSCRIPTIONS + ".socket",
                        socket,
                        "a subscriber's socket, such as udp:127.0.0.1:9000")),
        one.config().hasPath("expire")
            ? Optional.of(one.count("expire", 1, Integer.MAX_VALUE))
            : Optional.empty());
  }
}
