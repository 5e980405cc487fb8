package io.sipscope.http.query;

import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The filters that every search of the API has.
public final class Filters {
  public static final Set<String> NAMES =
      Set.of(
          "call-id", "method", "from", "to", "user", "address", "trunk", "status", "phase", "agent",
          "start", "end", "text", "damaged");

  public static final int DEFAULT_LIMIT = 100;

  /// A page has to be built in memory and read by a browser.
  public static final int MAX_LIMIT = 1_000;

  private static final Pattern STATUS = Pattern.compile("[1-6](\\d\\d|[xX][xX])");

  /// RFC 3261 §25.1, `token`.
  private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9\\-.!%*_+`'~]+");

  private Filters() {}

  /// The names of the filters and others.
  public static Set<String> and(String... others) {
    return Stream.concat(NAMES.stream(), Arrays.stream(others))
        .collect(Collectors.toUnmodifiableSet());
  }

  public static DialogQuery read(Parameters parameters) {
    var query =
        DialogQuery.where()
            .callId(parameters.text("call-id"))
            .method(parameters.text("method").map(Filters::method))
            .from(parameters.text("from"))
            .to(parameters.text("to"))
            .user(parameters.text("user"))
            .address(parameters.text("address").map(Filters::address))
            .trunk(parameters.text("trunk"))
            .status(parameters.text("status").map(Filters::status))
            .phase(parameters.text("phase").map(Filters::phase))
            .agent(parameters.text("agent"))
            .text(parameters.text("text"))
            .damaged(parameters.flag("damaged"));
    parameters.time("start").ifPresent(query::start);
    parameters.time("end").ifPresent(query::end);
    return query.build();
  }

  public static int limit(Parameters parameters) {
    return parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
  }

  private static String method(String text) {
    if (!METHOD.matcher(text).matches()) {
      throw Parameters.bad("method", text, "a SIP method such as INVITE");
    }
    return text;
  }

  private static String address(String text) {
    Optional<String> known =
        Endpoint.parse(text)
            .map(Endpoint::toString)
            .or(() -> IpAddress.parse(text).map(IpAddress::toString));
    return known.orElseThrow(
        () -> Parameters.bad("address", text, "an IP address, or ip:port with IPv6 in brackets"));
  }

  private static String status(String text) {
    if (!STATUS.matcher(text).matches()) {
      throw Parameters.bad("status", text, "a status such as 486, or a class such as 4xx");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static Phase phase(String text) {
    return Arrays.stream(Phase.values())
        .filter(phase -> phase.text().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                Parameters.bad(
                    "phase",
                    text,
                    Arrays.stream(Phase.values())
                        .map(Phase::text)
                        .collect(Collectors.joining(", "))));
  }
}
