package io.sipscope.http;

import io.sipscope.http.captures.CaptureImport;
import java.io.NotSerializableException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.IllegalRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a failure means to whoever asked: what is wrong with the request (4xx), that asking again
/// later may help (503), or that something is broken here (500, and the log says what).
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /// Futures, streams and stores wrap a failure a few times; a chain that bites its tail ends too.
  private static final int MAX_CAUSES = 16;

  /// SQLSTATE classes of a store that is away or has too much to do: connection (08), rollback
  /// after a conflict (40), resources (53), an operator's or a timeout's intervention (57).
  private static final Pattern BUSY_STATE = Pattern.compile("(08|40|53|57).*");

  private Failures() {}

  static HttpResponse answer(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .flatMap(cause -> known(cause).stream())
        .findFirst()
        .orElseGet(() -> broken(failure));
  }

  private static Optional<HttpResponse> known(Throwable cause) {
    return switch (cause) {
      case Problem.Refused refused -> Optional.of(refused.problem().response());
      case CaptureImport.NotACapture notOne -> problem(400, notOne.getMessage());
      case IllegalRequestException bad -> problem(bad.status().intValue(), bad.info().summary());
      case EntityStreamSizeException big ->
          problem(413, "The body is over the limit of " + big.limit() + " bytes.");
      case EntityStreamException cut -> problem(400, cut.info().summary());
      case NotSerializableException damaged ->
          problem(
              500,
              "What is stored of this dialog is damaged, or of a newer version: "
                  + damaged.getMessage()
                  + ".");
      case TimeoutException _ ->
          later("The store or the dialog's node did not answer in time.", cause);
      case RejectedExecutionException _ -> later("The store has too much to do.", cause);
      case SQLTransientException _ -> later("The store is busy.", cause);
      case SQLRecoverableException _ -> later("The store is away.", cause);
      case SQLException sql when isBusy(sql) -> later("The store is busy or away.", cause);
      default -> Optional.empty();
    };
  }

  private static boolean isBusy(SQLException sql) {
    return sql.getSQLState() != null && BUSY_STATE.matcher(sql.getSQLState()).matches();
  }

  private static Optional<HttpResponse> problem(int status, String detail) {
    return Optional.of(Problem.of(status, detail).response());
  }

  private static Optional<HttpResponse> later(String detail, Throwable cause) {
    LOG.warn("a request is to be asked again later: {}", cause.toString());
    return Optional.of(
        Problem.of(503, detail).response().addHeader(RawHeader.create("Retry-After", "1")));
  }

  private static HttpResponse broken(Throwable failure) {
    LOG.error("a request failed", failure);
    return Problem.of(500, "The request failed; the log of this node says why.").response();
  }
}
