package io.sipscope.http.mi.core;

import io.sipscope.http.ThisNode;
import io.sipscope.http.mi.MiArguments;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.persistence.statistics.Worker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `profiling_proc`: gets and sets how much workers tell of what they do.
///
/// | parameters | answer |
/// | --- | --- |
/// | none, `id`, `pid` | the levels |
/// | `level`, with `id` or `pid` or alone | `"OK"`; it is taken as 0 to 3, whatever it is |
///
/// Workers are threads of one process: its pid means all of them.
final class ProfilingCommand {
  private static final MiParameter ID = MiParameter.integer("id");
  private static final MiParameter PID = MiParameter.integer("pid");
  private static final MiParameter LEVEL = MiParameter.integer("level");

  private static final MiOutcome BAD_ID = MiOutcome.invalidParams("Bad process ID");
  private static final MiOutcome BAD_PID = MiOutcome.invalidParams("Bad PID");
  private static final MiOutcome BOTH =
      MiOutcome.invalidParams("Only one of 'id' or 'pid' is allowed");

  private final ThisNode node;

  ProfilingCommand(ThisNode node) {
    this.node = node;
  }

  MiRecipe[] recipes() {
    return new MiRecipe[] {
      new MiRecipe(List.of(), _ -> shown(workers()).now()),
      new MiRecipe(List.of(ID), given -> ofId(given, this::shown).now()),
      new MiRecipe(List.of(PID), given -> ofPid(given, this::shown).now()),
      new MiRecipe(List.of(LEVEL), given -> all(given.integer("level")).now()),
      new MiRecipe(List.of(ID, LEVEL), given -> ofId(given, some -> set(some, given)).now()),
      new MiRecipe(List.of(PID, LEVEL), given -> ofPid(given, some -> set(some, given)).now()),
      new MiRecipe(List.of(ID, PID), _ -> BOTH.now()),
      new MiRecipe(List.of(ID, PID, LEVEL), _ -> BOTH.now()),
    };
  }

  private interface Answer {
    MiOutcome of(List<Worker> workers);
  }

  private List<Worker> workers() {
    return node.workers().get();
  }

  private MiOutcome ofId(MiArguments given, Answer answer) {
    int id = given.integer("id");
    var named = workers().stream().filter(worker -> worker.id() == id).toList();
    return named.isEmpty() ? BAD_ID : answer.of(named);
  }

  private MiOutcome ofPid(MiArguments given, Answer answer) {
    int pid = given.integer("pid");
    var named = workers().stream().filter(worker -> worker.pid() == pid).toList();
    return named.isEmpty() ? BAD_PID : answer.of(named);
  }

  private MiOutcome shown(List<Worker> workers) {
    var rows = new ArrayList<Map<String, Object>>();
    for (var worker : workers) {
      var row = new LinkedHashMap<String, Object>();
      row.put("ID", worker.id());
      row.put("PID", worker.pid());
      row.put("Profiling level", node.profiling().levelOf(worker.id()));
      row.put("Type", worker.type());
      rows.add(row);
    }
    return MiOutcome.of(Map.of("Processes", rows));
  }

  private MiOutcome all(int level) {
    node.profiling().setAll(clamped(level));
    return MiOutcome.ok();
  }

  private MiOutcome set(List<Worker> workers, MiArguments given) {
    int level = clamped(given.integer("level"));
    if (workers.size() == 1) {
      node.profiling().set(workers.getFirst().id(), level);
    } else {
      node.profiling().setAll(level);
    }
    return MiOutcome.ok();
  }

  private static int clamped(int level) {
    return Math.clamp(level, 0, ProcessProfiling.TIMERS);
  }
}
