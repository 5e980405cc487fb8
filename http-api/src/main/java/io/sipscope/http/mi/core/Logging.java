package io.sipscope.http.mi.core;

import io.sipscope.http.ThisNode;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the node logs: `log_level`, `xlog_level`, `log_level_filter`, `log_mute_state`. All workers
/// are of one process and share its level.
final class Logging {
  private static final MiOutcome BAD_PID = MiOutcome.invalidParams("Bad PID");
  private static final MiOutcome UNKNOWN_CONSUMER =
      new MiOutcome.Fault(404, "Unknown log consumer");
  private static final MiLegacy.Reply BAD_PARAMETER =
      new MiLegacy.Reply.Fault(400, "Bad parameter");

  private final ThisNode node;

  Logging(ThisNode node) {
    this.node = node;
  }

  MiOutcome levels() {
    int level = node.control().logLevel();
    var rows = new ArrayList<Map<String, Object>>();
    for (var worker : node.workers().get()) {
      var row = new LinkedHashMap<String, Object>();
      row.put("PID", worker.pid());
      row.put("Log level", level);
      row.put("Type", worker.type());
      rows.add(row);
    }
    return MiOutcome.of(Map.of("Processes", rows));
  }

  MiOutcome level(int level) {
    node.control().logLevel(level);
    return MiOutcome.of(Map.of("New global log level", level));
  }

  MiOutcome level(int level, int pid) {
    if (!isOurs(pid)) {
      return BAD_PID;
    }
    node.control().logLevel(level);
    return MiOutcome.of(Map.of("Log level", level));
  }

  private boolean isOurs(long pid) {
    return node.workers().get().stream().anyMatch(worker -> worker.pid() == pid);
  }

  MiOutcome xlogLevel() {
    return MiOutcome.of(Map.of("xLog Level", node.control().xlogLevel()));
  }

  MiOutcome xlogLevel(int level) {
    node.control().xlogLevel(level);
    return MiOutcome.of(Map.of("New xLog level", level));
  }

  MiOutcome filter(String consumer) {
    return ofConsumer(consumer, it -> MiOutcome.of(Map.of("Log level filter", it.levelFilter())));
  }

  MiOutcome filter(String consumer, int level) {
    return changed(consumer, it -> it.levelFilter(level));
  }

  MiOutcome mute(String consumer) {
    return ofConsumer(consumer, it -> MiOutcome.of(Map.of("mute state", it.isMute() ? 1 : 0)));
  }

  MiOutcome mute(String consumer, int state) {
    return changed(consumer, it -> it.mute(state != 0));
  }

  private MiOutcome changed(String consumer, Consumer<NodeControl.LogConsumer> change) {
    return ofConsumer(
        consumer,
        it -> {
          change.accept(it);
          return MiOutcome.ok();
        });
  }

  private MiOutcome ofConsumer(
      String consumer, Function<NodeControl.LogConsumer, MiOutcome> answer) {
    return node.control().logConsumer(consumer).map(answer).orElse(UNKNOWN_CONSUMER);
  }

  /// `log_level`, `log_level LEVEL` and `log_level LEVEL PID`.
  MiLegacy legacyLevels() {
    return new MiLegacy(this::legacy);
  }

  private CompletionStage<MiLegacy.Reply> legacy(List<String> texts) {
    return CompletableFuture.completedStage(
        switch (texts.size()) {
          case 0 -> legacyRows();
          case 1 -> number(texts.getFirst(), level -> legacySet("New global log level", level));
          case 2 ->
              number(
                  texts.getFirst(),
                  level ->
                      number(
                          texts.getLast(),
                          pid -> isOurs(pid) ? legacySet("Log level", level) : BAD_PARAMETER));
          default -> BAD_PARAMETER;
        });
  }

  private MiLegacy.Reply number(String text, Function<Integer, MiLegacy.Reply> then) {
    try {
      return then.apply(Integer.parseInt(text.strip()));
    } catch (NumberFormatException _) {
      return BAD_PARAMETER;
    }
  }

  private MiLegacy.Reply legacySet(String name, int level) {
    node.control().logLevel(level);
    return new MiLegacy.Reply.Tree(
        MiTree.root(List.of(MiTree.leaf(name, Integer.toString(level)))));
  }

  private MiLegacy.Reply legacyRows() {
    var level = Integer.toString(node.control().logLevel());
    return new MiLegacy.Reply.Tree(
        MiTree.array(
            "",
            node.workers().get().stream()
                .map(
                    worker ->
                        MiTree.leaf("Process", "")
                            .with("PID", Long.toString(worker.pid()))
                            .with("Log level", level)
                            .with("Type", worker.type()))
                .toList()));
  }
}
