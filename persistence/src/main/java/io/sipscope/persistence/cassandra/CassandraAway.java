package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Tells a cluster that is away, slow or busy, which the same statement may survive later, from a
/// statement that will never do.
final class CassandraAway {
  /// Drivers wrap a failure a few times; a chain that bites its tail ends too.
  private static final int MAX_CAUSES = 16;

  private CassandraAway() {}

  static boolean isWhy(Throwable failure) {
    return !isRefusal(failure) && causes(failure).anyMatch(DriverException.class::isInstance);
  }

  private static boolean isRefusal(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof QueryValidationException
                    || (cause instanceof AllNodesFailedException all
                        && all.getAllErrors().values().stream()
                            .flatMap(errors -> errors.stream())
                            .anyMatch(QueryValidationException.class::isInstance)));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
  }

  /// What a search that failed is answered with: that the store did not answer, where asking again
  /// may help, else the failure itself.
  static Throwable answered(Throwable failure) {
    if (!isWhy(failure)) {
      return failure;
    }
    var late = new TimeoutException("Cassandra did not answer: " + failure.getMessage());
    late.initCause(failure);
    return late;
  }

  /// A failure without what stages wrapped it in.
  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
