package io.sipscope.node;

import com.typesafe.config.Config;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/// The executor of `sipscope.blocking-dispatcher`: a virtual thread for each turn of an actor.
/// Pekko's own wants `--add-opens java.base/java.lang` to reach the JDK's scheduler, and writes an
/// error into the log without it.
public final class VirtualThreads extends ExecutorServiceConfigurator {

  /// Called by Pekko, which looks for a constructor of these parameters.
  public VirtualThreads(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory unused) {
    return () -> threads(id);
  }

  private static ExecutorService threads(String id) {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(id + "-", 0).factory());
  }
}
