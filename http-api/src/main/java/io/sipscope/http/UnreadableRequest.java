package io.sipscope.http;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/// A request that is no HTTP, so that it never gets to a route: `%zz` in its path, no Host, a
/// target too long. Whoever wrote it learns so in the words of every other problem.
public final class UnreadableRequest extends ParsingErrorHandler {

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    log.debug("unreadable request: {}", error.formatPretty());
    return Problem.of(status.intValue(), error.formatPretty()).response();
  }
}
