package io.sipscope.node.trace;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go of what is of no use any more.
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /// @param closeable null when there is none
  static void of(Closeable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  /// Of what is of no use there is nothing to be mended.
  static void failed(Exception why) {
    LOG.debug("could not be closed", why);
  }
}
