package io.sipscope.protocol.legs;

import io.sipscope.protocol.link.LinkRules;
import io.sipscope.protocol.net.IpAddress;
import java.util.function.Function;

/// What counts as evidence that two dialogs are legs of one call.
///
/// @param links which headers tell
/// @param window how long before and after a call another leg is looked for, nanoseconds
/// @param proximity how much later than its caller's leg a leg begins at most, nanoseconds
/// @param numberDigits how many of the last digits of two numbers make them the same
/// @param host what an address is called: addresses of one host have one name
public record LegRules(
    LinkRules links,
    long window,
    long proximity,
    int numberDigits,
    Function<IpAddress, String> host) {
  private static final long SECOND = 1_000_000_000L;

  public static final LegRules DEFAULT =
      new LegRules(LinkRules.DEFAULT, 300 * SECOND, 3 * SECOND, 8, IpAddress::toString);

  public LegRules with(Function<IpAddress, String> hosts) {
    return new LegRules(links, window, proximity, numberDigits, hosts);
  }
}
