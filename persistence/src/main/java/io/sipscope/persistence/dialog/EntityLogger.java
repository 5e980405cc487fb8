package io.sipscope.persistence.dialog;

import org.apache.pekko.actor.typed.internal.ActorContextImpl;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Set$;

/// The logger of entities that start by the thousand a second.
///
/// Pekko asks the context of an actor whether its logger was named, and the context makes one up
/// first: from the class it finds by walking the stack, some 20 µs each time. Its API has no way
/// to name a logger without that, so this reaches behind it. It is the one place that does, and
/// does not compile with a Pekko that is made otherwise.
final class EntityLogger {
  private static final Logger LOG = LoggerFactory.getLogger(Dialog.class);

  private EntityLogger() {}

  /// Names the logger, as `setLoggerName` would.
  static void name(ActorContext<?> context) {
    if (context instanceof ActorContextImpl<?> made) {
      var logging =
          ActorContextImpl.LoggingContext$.MODULE$.apply(LOG, Set$.MODULE$.<String>empty(), made);
      made.org$apache$pekko$actor$typed$internal$ActorContextImpl$$_logging_$eq(
          logging.withLogger(LOG));
    }
  }
}
