package io.sipscope.http.mi.core;

import io.sipscope.http.Actors;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.http.script.PolicyScript;
import io.sipscope.http.script.Reload;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The commands of OpenSIPS's core: which there are, how the node is doing, what it logs.
public final class CoreCommands {
  private final OwnProcess process;
  private final Directory directory;
  private final Logging logging;
  private final PolicyScript script;
  private final ProfilingCommand profiling;

  public CoreCommands(Actors actors, Supplier<Instant> now, Supplier<MiRegistry> registry) {
    this.process = new OwnProcess(actors.node(), now);
    this.directory = new Directory(registry);
    this.logging = new Logging(actors.node());
    this.script = actors.script();
    this.profiling = new ProfilingCommand(actors.node());
  }

  public List<MiCommand> commands() {
    return Stream.of(
            process(),
            List.of(which(), ps(), kill()),
            logging(),
            List.of(help(), reloadRoutes(), profiling()))
        .flatMap(List::stream)
        .toList();
  }

  private List<MiCommand> process() {
    return List.of(
        command(
            "uptime",
            "prints various time information about this node - when it started to run, for how"
                + " long it runs",
            new MiRecipe(List.of(), _ -> process.uptime().now())),
        command(
            "version",
            "prints the version string of the running node",
            new MiRecipe(List.of(), _ -> process.version().now()),
            new MiRecipe(
                List.of(MiParameter.text("revision")), _ -> process.versionAndRevision().now())),
        command(
            "pwd",
            "prints the working directory of the node",
            new MiRecipe(List.of(), _ -> process.workingDirectory().now())),
        command(
            "arg",
            "returns the full list of arguments used at startup, without the secrets in them",
            new MiRecipe(List.of(), _ -> process.arguments().now())));
  }

  private MiCommand which() {
    return command(
            "which",
            "lists all available MI commands, or the parameters of one",
            new MiRecipe(List.of(), _ -> directory.names().now()),
            new MiRecipe(
                List.of(MiParameter.text("command")),
                given -> directory.which(given.text("command")).now()))
        .inTwo(directory.legacyNames());
  }

  private MiCommand ps() {
    return command(
            "ps",
            "lists all workers of this node",
            new MiRecipe(List.of(), _ -> process.workers().now()))
        .inTwo(process.legacyWorkers());
  }

  private MiCommand kill() {
    return command(
        "kill", "terminates this node", new MiRecipe(List.of(), _ -> process.kill().now()));
  }

  private List<MiCommand> logging() {
    return List.of(
        command(
                "log_level",
                "gets/sets the log level of this node",
                new MiRecipe(List.of(), _ -> logging.levels().now()),
                new MiRecipe(
                    List.of(MiParameter.integer("level")),
                    given -> logging.level(given.integer("level")).now()),
                new MiRecipe(
                    List.of(MiParameter.integer("level"), MiParameter.integer("pid")),
                    given -> logging.level(given.integer("level"), given.integer("pid")).now()))
            .inTwo(logging.legacyLevels()),
        command(
            "xlog_level",
            "gets/sets the log level of the policy script",
            new MiRecipe(List.of(), _ -> logging.xlogLevel().now()),
            new MiRecipe(
                List.of(MiParameter.integer("level")),
                given -> logging.xlogLevel(given.integer("level")).now())),
        command(
            "log_level_filter",
            "gets/sets the level filter of a log consumer: stderror, syslog or event",
            new MiRecipe(
                List.of(MiParameter.text("consumer")),
                given -> logging.filter(given.text("consumer")).now()),
            new MiRecipe(
                List.of(MiParameter.text("consumer"), MiParameter.integer("level_filter")),
                given ->
                    logging.filter(given.text("consumer"), given.integer("level_filter")).now())),
        command(
            "log_mute_state",
            "gets/sets the mute state of a log consumer: stderror, syslog or event",
            new MiRecipe(
                List.of(MiParameter.text("consumer")),
                given -> logging.mute(given.text("consumer")).now()),
            new MiRecipe(
                List.of(MiParameter.text("consumer"), MiParameter.integer("mute_state")),
                given -> logging.mute(given.text("consumer"), given.integer("mute_state")).now())));
  }

  private MiCommand help() {
    return command(
        "help",
        "prints information about MI commands usage",
        new MiRecipe(List.of(), _ -> MiOutcome.of(Directory.USAGE).now()),
        new MiRecipe(
            List.of(MiParameter.text("mi_cmd")),
            given -> directory.help(given.text("mi_cmd")).now()));
  }

  private MiCommand reloadRoutes() {
    return command(
        "reload_routes",
        "reads the policy script again on all nodes, and runs it when it is good on each",
        new MiRecipe(List.of(), _ -> script.reload().thenApply(CoreCommands::told)));
  }

  private MiCommand profiling() {
    return command(
        "profiling_proc",
        "gets/sets how much workers tell of what they do, by E_PROFILING_PROC: 0 to 3",
        profiling.recipes());
  }

  /// As OpenSIPS says it, with what it only writes into its log.
  private static MiOutcome told(Reload outcome) {
    return outcome
        .why()
        .<MiOutcome>map(why -> new MiOutcome.Fault(500, "reload failed", why))
        .orElseGet(MiOutcome::ok);
  }

  private static MiCommand command(String name, String help, MiRecipe... recipes) {
    return MiCommand.of(name, "core:" + name, help, recipes);
  }
}
