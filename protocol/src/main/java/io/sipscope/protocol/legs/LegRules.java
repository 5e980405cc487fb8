package io.sipscope.protocol.legs;

import io.sipscope.protocol.link.LinkRules;
import io.sipscope.protocol.net.Endpoint;
import java.util.function.Function;

/// What counts as evidence that two dialogs are legs of one call.
///
/// @param links which headers tell
/// @param window how long before and after a call another leg is looked for, nanoseconds
/// @param proximity how much later than its caller's leg a leg begins at most, nanoseconds
/// @param numberDigits how many of the last digits of two numbers make them the same
/// @param host what the host of an endpoint is called: endpoints of one host have one name
public record LegRules(
    LinkRules links,
    long window,
    long proximity,
    int numberDigits,
    Function<Endpoint, String> host) {
  private static final long SECOND = 1_000_000_000L;

  public static final LegRules DEFAULT =
      new LegRules(LinkRules.DEFAULT, 300 * SECOND, 3 * SECOND, 8, LegRules::address);

  /// An address is called by itself.
  public static String address(Endpoint endpoint) {
    return endpoint.address().toString();
  }

  public LegRules with(Function<Endpoint, String> hosts) {
    return new LegRules(links, window, proximity, numberDigits, hosts);
  }
}
