package io.sipscope.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that a scheduler does again and again, and would never do again once it threw: what fails
/// is logged, and done at the next turn.
///
/// @param what as the log says it
public record Repeated(String what, Runnable work) implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

  @Override
  public void run() {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("{} failed this time", what, e);
    }
  }
}
