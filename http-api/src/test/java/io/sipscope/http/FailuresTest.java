package io.sipscope.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  static Stream<Throwable> ofABusyStore() {
    return Stream.of(
        new TimeoutException(),
        new SQLTimeoutException(),
        new SQLTransientConnectionException(),
        new SQLRecoverableException(),
        new SQLException("canceling statement due to statement timeout", "57014"),
        new SQLException("connection refused", "08001"),
        new RejectedExecutionException());
  }

  @ParameterizedTest
  @MethodSource("ofABusyStore")
  void aStoreThatIsBusyOrAwayIsToBeAskedAgainLater(Throwable failure) {
    var wrapped = new CompletionException(new IOException(failure));
    assertEquals(503, Failures.answer(failure).status().intValue());
    assertEquals(503, Failures.answer(wrapped).status().intValue());
  }

  @Test
  void whatIsBrokenHereIsNobodyElsesFault() {
    assertEquals(
        500, Failures.answer(new SQLSyntaxErrorException("no", "42000")).status().intValue());
    assertEquals(500, Failures.answer(new IllegalStateException()).status().intValue());
  }
}
