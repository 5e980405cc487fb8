package io.sipscope.node.script.functions;

import io.sipscope.http.script.DispatcherSets.State;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.dispatcher.HepRelay;
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
import java.util.Optional;
import java.util.regex.Pattern;

/// OpenSIPS's module `dispatcher`, and `hep_relay`, which sends to what was chosen.
final class DispatcherFunctions {
  private static final String MODULE = "dispatcher";
  private static final int USUAL_PORT = 5060;
  private static final int PORT_DIGITS = 5;

  private static final Pattern MOST = Pattern.compile("(?:.*[mM])?\\s*(\\d{1,9})\\s*");

  private enum Key {
    CHOSEN
  }

  /// What `ds_select_dst` left to go on with; the first is `$du`.
  private record Chosen(Deque<Hop> hops) {}

  private record Hop(int set, String uri) {}

  private DispatcherFunctions() {}

  static List<ScriptFunction> all(Dispatcher dispatcher) {
    var select =
        List.of(
            Parameter.text("set"),
            Parameter.number("algorithm"),
            Parameter.text("flags").optional(),
            Parameter.text("partition").optional(),
            Parameter.number("max_results").optional());
    var partition = Parameter.text("partition").optional();
    return List.of(
        Named.of("ds_select_dst", MODULE, select, given -> select(dispatcher, given)),
        Named.of("ds_select_domain", MODULE, select, given -> select(dispatcher, given)),
        Named.of("ds_next_dst", MODULE, List.of(partition), _ -> DispatcherFunctions::next),
        Named.of("ds_next_domain", MODULE, List.of(partition), _ -> DispatcherFunctions::next),
        Named.of(
            "ds_mark_dst",
            MODULE,
            List.of(Parameter.text("state").optional(), partition),
            given -> mark(dispatcher, given)),
        Named.of(
            "ds_count",
            MODULE,
            List.of(
                Parameter.text("set"),
                Parameter.text("states"),
                Parameter.variable("result"),
                partition),
            given -> count(dispatcher, given)),
        Named.of(
            "ds_is_in_list",
            MODULE,
            List.of(
                Parameter.text("ip"),
                Parameter.number("port"),
                Parameter.text("set").optional(),
                Parameter.text("partition").optional(),
                Parameter.number("active_only").optional()),
            given -> run -> isInList(dispatcher, given, run)),
        Named.of(
            "hep_relay",
            "sipcapture",
            List.of(Parameter.text("destination").optional()),
            DispatcherFunctions::relay));
  }

  private static Call select(Dispatcher dispatcher, Arguments arguments) throws Unusable {
    checkSet(arguments);
    var unknown =
        arguments.literal(0).flatMap(ChosenSets::of).stream()
            .flatMap(sets -> sets.numbers().stream())
            .filter(set -> dispatcher.destinations(set).isEmpty())
            .toList();
    unknown.forEach(set -> arguments.warn("set " + set + " has no destinations"));
    return run -> {
      var sets = ChosenSets.of(text(run, arguments, 0));
      if (sets.isEmpty() || !sets.get().isIn(text(run, arguments, 3))) {
        return Answer.FALSE;
      }
      int algorithm = number(run, arguments, 1, 0);
      var hops = new ArrayDeque<Hop>();
      for (int set : sets.get().numbers()) {
        dispatcher.select(set, algorithm, run).forEach(uri -> hops.add(new Hop(set, uri)));
      }
      int most = Math.max(1, number(run, arguments, 4, inFlags(run, arguments)));
      while (hops.size() > most) {
        hops.pollLast();
      }
      return took(run, new Chosen(hops));
    };
  }

  private static void checkSet(Arguments arguments) throws Unusable {
    var set = arguments.literal(0);
    if (set.isPresent() && ChosenSets.of(set.get()).isEmpty()) {
      throw new Unusable("set \"" + set.get() + "\" (wanted: the number of a set)");
    }
  }

  private static int took(Run run, Chosen chosen) {
    run.kept().put(Key.CHOSEN, chosen);
    if (chosen.hops().isEmpty()) {
      return Answer.FALSE;
    }
    NextHop.PLACE.write(run, Value.of(chosen.hops().getFirst().uri()));
    return Answer.TRUE;
  }

  /// 2.x has the most results there: `5`, or `fM5` behind flags.
  private static int inFlags(Run run, Arguments arguments) {
    var number = MOST.matcher(text(run, arguments, 2));
    return number.matches() ? Integer.parseInt(number.group(1)) : Integer.MAX_VALUE;
  }

  /// Empty for what was left out, and for null.
  private static String text(Run run, Arguments arguments, int place) {
    var value = arguments.has(place) ? arguments.value(place).read(run) : Value.Missing.NULL;
    return value.isNull() ? "" : value.asText().strip();
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
    if (!(run.kept().get(Key.CHOSEN) instanceof Chosen chosen)) {
      return Answer.FALSE;
    }
    chosen.hops().pollFirst();
    return took(run, chosen);
  }

  /// `i` inactive (also when nothing is said), `p` probing, `a` active. 2.x has the partition
  /// before it.
  private static Call mark(Dispatcher dispatcher, Arguments arguments) throws Unusable {
    boolean isOld = arguments.has(1) && state(arguments.literal(0).orElse("")).isEmpty();
    var letter = arguments.literal(isOld ? 1 : 0).orElse("");
    var state = state(letter);
    if (state.isEmpty()) {
      throw new Unusable("state \"" + letter + "\" (wanted: i, p or a)");
    }
    return run ->
        Answer.of(
            run.kept().get(Key.CHOSEN) instanceof Chosen(var hops)
                && !hops.isEmpty()
                && dispatcher.mark(hops.getFirst().set(), hops.getFirst().uri(), state.get()));
  }

  private static Optional<State> state(String letter) {
    return switch (letter.strip().toLowerCase(Locale.ROOT)) {
      case "", "i", "0" -> Optional.of(State.INACTIVE);
      case "p", "2" -> Optional.of(State.PROBING);
      case "a", "1" -> Optional.of(State.ACTIVE);
      default -> Optional.empty();
    };
  }

  /// How many of a set are in one of the states: `a`, `i`, `p` or several of them.
  private static Call count(Dispatcher dispatcher, Arguments arguments) throws Unusable {
    checkSet(arguments);
    var literal = arguments.literal(1);
    if (literal.isPresent() && !literal.get().strip().matches("[aipAIP]{1,3}")) {
      throw new Unusable("states \"" + literal.get() + "\" (wanted: of the letters a, i and p)");
    }
    return run -> {
      var sets = ChosenSets.of(text(run, arguments, 0));
      if (sets.isEmpty() || !sets.get().isIn(text(run, arguments, 3))) {
        return Answer.FALSE;
      }
      var letters = text(run, arguments, 1).toLowerCase(Locale.ROOT);
      long sum =
          sets.get().numbers().stream()
              .flatMap(set -> dispatcher.destinations(set).stream())
              .filter(
                  one -> letters.indexOf(Character.toLowerCase(one.state().name().charAt(0))) >= 0)
              .count();
      arguments.variable(2).write(run, Value.of(sum));
      return Answer.TRUE;
    };
  }

  /// 2.x has no partition: there the fourth says whether only active ones count.
  private static int isInList(Dispatcher dispatcher, Arguments arguments, Run run) {
    var ip = arguments.value(0).read(run).asText();
    int port = number(run, arguments, 1, 0);
    var named = text(run, arguments, 2);
    var fourth = text(run, arguments, 3);
    boolean isOld = Value.of(fourth).asNumber().isPresent();
    boolean onlyActive = number(run, arguments, isOld ? 3 : 4, 0) != 0;
    var sets = ChosenSets.of(named);
    if (!ChosenSets.isUsual(isOld ? "" : fourth) || (sets.isEmpty() && !named.isEmpty())) {
      return Answer.FALSE;
    }
    return Answer.of(
        dispatcher.all().entrySet().stream()
            .filter(entry -> sets.isEmpty() || sets.get().numbers().contains(entry.getKey()))
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

  private static Call relay(Arguments arguments) throws Unusable {
    var literal = arguments.literal(0);
    if (literal.isPresent() && HepRelay.destination(literal.get()).isEmpty()) {
      throw new Unusable(
          "\"" + literal.get() + "\" is no destination (wanted: sip:10.0.0.1:9060;transport=tcp)");
    }
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
