package io.sipscope.node.script.functions;

import io.sipscope.node.script.dispatcher.Destination.State;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.NextHop;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.protocol.sip.NameAddr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// OpenSIPS's module `dispatcher`, and `hep_relay`, which sends to what was chosen.
final class DispatcherFunctions {
  private static final String MODULE = "dispatcher";
  private static final int MAX_RESULTS = 4;
  private static final int USUAL_PORT = 5060;
  private static final int PORT_DIGITS = 5;

  private enum Key {
    CHOSEN
  }

  /// What `ds_select_dst` left to go on with; the first is `$du`.
  private record Chosen(int set, Deque<String> uris) {}

  private DispatcherFunctions() {}

  static List<ScriptFunction> all(Dispatcher dispatcher) {
    var select =
        List.of(
            Parameter.number("set"),
            Parameter.number("algorithm"),
            Parameter.text("flags").optional(),
            Parameter.text("partition").optional(),
            Parameter.number("max_results").optional());
    return List.of(
        Named.of("ds_select_dst", MODULE, select, arguments -> select(dispatcher, arguments)),
        Named.of("ds_select_domain", MODULE, select, arguments -> select(dispatcher, arguments)),
        Named.of(
            "ds_next_dst",
            MODULE,
            List.of(Parameter.text("partition").optional()),
            _ -> DispatcherFunctions::next),
        Named.of(
            "ds_mark_dst",
            MODULE,
            List.of(Parameter.text("state").optional()),
            arguments -> mark(dispatcher, arguments)),
        Named.of(
            "ds_is_in_list",
            MODULE,
            List.of(
                Parameter.text("ip"),
                Parameter.number("port"),
                Parameter.number("set").optional(),
                Parameter.number("active").optional()),
            arguments -> run -> isInList(dispatcher, arguments, run)),
        Named.of(
            "hep_relay",
            "sipcapture",
            List.of(Parameter.text("destination").optional()),
            DispatcherFunctions::relay));
  }

  private static Call select(Dispatcher dispatcher, Arguments arguments) throws Unusable {
    for (int place : List.of(0, 1)) {
      var literal = arguments.literal(place);
      if (literal.isPresent() && Value.of(literal.get().strip()).asNumber().isEmpty()) {
        throw new Unusable("\"" + literal.get() + "\" (wanted: a number)");
      }
    }
    var set = arguments.literal(0).map(text -> Integer.valueOf(text.strip()));
    if (set.isPresent() && dispatcher.destinations(set.get()).isEmpty()) {
      throw new Unusable("set " + set.get() + " has no destinations");
    }
    return run -> {
      int number = number(run, arguments, 0, -1);
      var uris = dispatcher.select(number, number(run, arguments, 1, 0), run);
      if (uris.isEmpty()) {
        return Answer.FALSE;
      }
      int most = Math.max(1, number(run, arguments, MAX_RESULTS, Integer.MAX_VALUE));
      var chosen = new ArrayDeque<>(uris.subList(0, Math.min(most, uris.size())));
      run.kept().put(Key.CHOSEN, new Chosen(number, chosen));
      NextHop.PLACE.write(run, Value.of(uris.getFirst()));
      return Answer.TRUE;
    };
  }

  private static int number(Run run, Arguments arguments, int place, int otherwise) {
    if (!arguments.has(place)) {
      return otherwise;
    }
    var number = arguments.value(place).read(run).asNumber();
    return number.isEmpty()
        ? otherwise
        : Math.clamp(number.getAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static int next(Run run) {
    if (!(run.kept().get(Key.CHOSEN) instanceof Chosen(_, var uris))) {
      return Answer.FALSE;
    }
    uris.pollFirst();
    if (uris.isEmpty()) {
      return Answer.FALSE;
    }
    NextHop.PLACE.write(run, Value.of(uris.getFirst()));
    return Answer.TRUE;
  }

  /// `i` inactive (also when nothing is said), `p` probing, `a` active.
  private static Call mark(Dispatcher dispatcher, Arguments arguments) throws Unusable {
    var letter = arguments.literal(0).map(text -> text.strip().toLowerCase(Locale.ROOT));
    var state =
        switch (letter.orElse("")) {
          case "", "i" -> State.INACTIVE;
          case "p" -> State.PROBING;
          case "a" -> State.ACTIVE;
          default -> throw new Unusable("state \"" + letter.get() + "\" (wanted: i, p or a)");
        };
    return run ->
        Answer.of(
            run.kept().get(Key.CHOSEN) instanceof Chosen(int set, var uris)
                && !uris.isEmpty()
                && dispatcher.mark(set, uris.getFirst(), state));
  }

  private static int isInList(Dispatcher dispatcher, Arguments arguments, Run run) {
    var ip = arguments.value(0).read(run).asText();
    int port = number(run, arguments, 1, 0);
    int set = number(run, arguments, 2, -1);
    boolean onlyActive = number(run, arguments, 3, 0) != 0;
    return Answer.of(
        dispatcher.all().entrySet().stream()
            .filter(entry -> set < 0 || entry.getKey() == set)
            .flatMap(entry -> entry.getValue().stream())
            .filter(one -> !onlyActive || one.state() == State.ACTIVE)
            .anyMatch(one -> isAt(one.uri(), ip, port)));
  }

  /// Port 0 = any.
  private static boolean isAt(String uri, String ip, int port) {
    var host = NameAddr.of("<" + uri + ">").host();
    var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return bare.equals(ip) && (port == 0 || port == port(uri, host));
  }

  private static int port(String uri, String host) {
    int colon = uri.indexOf(host) + host.length();
    int end = colon + 1;
    while (end < uri.length() && end - colon <= PORT_DIGITS && isDigit(uri.charAt(end))) {
      end++;
    }
    return colon < uri.length() && uri.charAt(colon) == ':' && end > colon + 1
        ? Integer.parseInt(uri, colon + 1, end, 10)
        : USUAL_PORT;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Call relay(Arguments arguments) {
    return run -> {
      var to = arguments.has(0) ? arguments.value(0).read(run) : NextHop.PLACE.read(run);
      return Answer.of(
          !to.isNull()
              && run.subject()
                  .filter(subject -> run.world().relay(subject, to.asText()))
                  .isPresent());
    };
  }
}
