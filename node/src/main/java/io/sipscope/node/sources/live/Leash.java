package io.sipscope.node.sources.live;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a child from outliving this process when it is killed: a program that captures notices
/// only when it next writes, and on a quiet interface that may be never.
///
/// The kernel sends a signal to a child whose parent died, if the child asked for it: setpriv(1)
/// does. It forgets the wish when the program is privileged by its file, as dumpcap is; so
/// timeout(1), without a time, stands in between and passes the signal on. Where one of the two is
/// missing (both are in every Debian; BusyBox's differ), the child ends when it next writes.
///
/// What dies must be the thread that started the child: it has to be one that lives as long.
final class Leash {
  private static final Logger LOG = LoggerFactory.getLogger(Leash.class);
  private static final long TRIAL_SECONDS = 5;

  private final List<String> prefix;

  private Leash(List<String> prefix) {
    this.prefix = prefix;
  }

  static Leash find(List<Path> folders) {
    var setpriv = Programs.find("setpriv", folders);
    var timeout = Programs.find("timeout", folders);
    if (setpriv.isEmpty() || timeout.isEmpty()) {
      return new Leash(List.of());
    }
    var prefix =
        List.of(setpriv.get().toString(), "--pdeathsig", "TERM", timeout.get().toString(), "0");
    return new Leash(works(prefix) ? prefix : List.of());
  }

  private static boolean works(List<String> prefix) {
    var trial = new ArrayList<>(prefix);
    trial.add("true");
    try {
      var process =
          new ProcessBuilder(trial)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      boolean worked = process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      process.destroyForcibly();
      return worked;
    } catch (IOException e) {
      LOG.debug("children are not kept on a leash", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The command that runs this one on the leash.
  List<String> on(List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }
}
