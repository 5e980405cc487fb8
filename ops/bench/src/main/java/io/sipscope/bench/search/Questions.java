package io.sipscope.bench.search;

import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.protocol.dialog.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// What is asked: each filter with a value that many dialogs have, one that about [MadeRows#RARE]
/// have and one that none has; some together.
final class Questions {
  private static final long DAY = 86_400_000_000_000L;

  private final List<Question> all = new ArrayList<>();

  /// @param query by the round, so that not always the same rows are asked for
  record Question(String name, IntFunction<DialogQuery> query) {}

  private Questions() {}

  static List<Question> of(MadeRows rows) {
    var questions = new Questions();
    questions.each();
    questions.together(rows);
    return questions.all;
  }

  private void each() {
    ask("nothing", _ -> query().build());
    ask("method, usual", _ -> query().method("INVITE").build());
    ask("method, rare", _ -> query().method(MadeRows.RARE_METHOD).build());
    ask("method, absent", _ -> query().method("REFER").build());
    ask("from, a user", i -> query().from(user(i)).build());
    ask("from, part of all", _ -> query().from("voice.example").build());
    ask("from, absent", _ -> query().from("nobody@voice.example.com").build());
    ask("to, a user", i -> query().to(user(i)).build());
    ask("to, rare", _ -> query().to(MadeRows.RARE_USER).build());
    ask("user, a user", i -> query().user(user(i)).build());
    ask("user, a number", i -> query().user(number(i)).build());
    ask("user, rare", _ -> query().user("seldom").build());
    ask("user, absent", _ -> query().user(MadeRows.number() + "777777").build());
    ask("address, of all", _ -> query().address("198.51.100.7").build());
    ask("address, a gateway", i -> query().address(gateway(i)).build());
    ask("address, rare", _ -> query().address("203.0.113.77").build());
    ask("address, with port", _ -> query().address("203.0.113.77:5062").build());
    ask("address, absent", _ -> query().address("203.0.113.78").build());
    ask("trunk, usual", i -> query().trunk(MadeRows.trunk(i % MadeRows.TRUNKS)).build());
    ask("trunk, rare", _ -> query().trunk(MadeRows.RARE_TRUNK).build());
    ask("trunk, absent", _ -> query().trunk("nowhere").build());
    ask("status, usual", _ -> query().status("200").build());
    ask("status, 1 in 500", _ -> query().status("503").build());
    ask("status, rare", _ -> query().status(MadeRows.RARE_STATUS).build());
    ask("status, class", _ -> query().status("5xx").build());
    ask("status, absent", _ -> query().status("493").build());
    ask("phase, usual", _ -> query().phase(Phase.TERMINATED).build());
    ask("phase, going on", _ -> query().phase(Phase.CONFIRMED).build());
    ask("phase, expired", _ -> query().phase(Phase.EXPIRED).build());
    ask("phase, absent", _ -> query().phase(Phase.TRYING).build());
    ask("agent, usual", i -> query().agent("edge-" + i % MadeRows.AGENTS).build());
    ask("agent, rare", _ -> query().agent(MadeRows.RARE_AGENT).build());
    ask("agent, absent", _ -> query().agent("edge-none").build());
    ask("text, usual", _ -> query().text("yealink").build());
    ask("text, a user", i -> query().text(user(i)).build());
    ask("text, rare", _ -> query().text(MadeRows.RARE_DEVICE).build());
    ask("text, absent", _ -> query().text("no such thing").build());
  }

  private void together(MadeRows rows) {
    long middle = rows.from() + (rows.to() - rows.from()) / 2;
    ask("a day", _ -> query().between(middle, middle + DAY).build());
    ask("user, a day", i -> query().user(user(i)).between(middle, middle + DAY).build());
    ask(
        "absent user, 10 s",
        _ -> query().user("nobody").between(middle, middle + DAY / 8640).build());
    ask("address, status", i -> query().address(gateway(i)).status("486").build());
    ask("address, rare status", i -> query().address(gateway(i)).status("606").build());
    ask(
        "user, method, phase",
        i -> query().user(user(i)).method("INVITE").phase(Phase.FAILED).build());
  }

  private void ask(String name, IntFunction<DialogQuery> query) {
    all.add(new Question(name, query));
  }

  private static String user(int round) {
    return MadeRows.user(round * 4391 % MadeRows.USERS);
  }

  private static String number(int round) {
    return user(round).substring(0, user(round).indexOf('@'));
  }

  private static String gateway(int round) {
    return MadeRows.gateway(round * 7 % MadeRows.GATEWAYS).address().toString();
  }

  private static Asked query() {
    return new Asked();
  }
}
