package io.sipscope.node;

import com.typesafe.config.ConfigFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node as a process of its own, set up by environment and system properties. How it starts is
/// told in [Node].
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String[] arguments) {
    try (var node = Node.start(ConfigFactory.empty())) {
      LOG.info("Sipscope at http://{}", Node.shown(node.httpAddress()));
      node.whenTerminated().toCompletableFuture().join();
    } catch (CannotStart refused) {
      System.err.println("Sipscope cannot start: " + refused.getMessage());
      System.exit(1);
    }
  }
}
