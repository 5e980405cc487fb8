package io.sipscope.node.trace;

import io.sipscope.node.script.run.World.Request;
import io.sipscope.node.script.run.World.Response;
import io.sipscope.persistence.trace.TraceNote.Entry;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/// What a script does, as OpenSIPS tells it to traces: the parts of a payload joined by colons, as
/// its `homer5_on` has them.
///
/// | what | payload |
/// | --- | --- |
/// | `xlog` | `INFO:text` |
/// | a request of `rest_post` | `POST /path HTTP/1.1:body` |
/// | its answer | `HTTP/1.1 200 OK:body` |
public final class ScriptNotes {
  private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
  private static final Endpoint NOWHERE = new Endpoint(LOOPBACK, 0);

  /// As much of a line, or of a body, as `xlog_buf_size` of OpenSIPS has: what is longer is cut.
  private static final int LONGEST = 4_096;

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private ScriptNotes() {}

  /// @param level as OpenSIPS numbers them
  /// @param time nanoseconds since the epoch
  public static CompletionStage<List<Entry>> ofLog(int level, String line, long time) {
    return CompletableFuture.completedFuture(
        List.of(entry(time, NOWHERE, NOWHERE, name(level), line)));
  }

  private static String name(int level) {
    return switch (level) {
      case -1 -> "ERROR";
      case 1 -> "WARNING";
      case 2 -> "NOTICE";
      case 3 -> "INFO";
      default -> level > 3 ? "DBG" : level == -2 ? "CRITICAL" : level < -2 ? "ALERT" : "ERROR";
    };
  }

  /// Told once the answer is there, or once there will be none: then it is the request alone.
  ///
  /// @param time when it was asked, nanoseconds since the epoch
  public static CompletionStage<List<Entry>> ofRequest(
      Request request, CompletionStage<Response> answer, long time) {
    var server = server(request.uri());
    var asked = entry(time, NOWHERE, server, firstLine(request), request.body());
    long begun = System.nanoTime();
    return answer.thenApply(
        response ->
            response.status() == 0
                ? List.of(asked)
                : List.of(
                    asked,
                    entry(
                        time + (System.nanoTime() - begun),
                        server,
                        NOWHERE,
                        firstLine(response),
                        response.body())));
  }

  private static String firstLine(Request request) {
    var uri = request.uri();
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return request.method() + " " + path + query + " HTTP/1.1";
  }

  private static String firstLine(Response response) {
    var known = StatusCodes.lookup(response.status()).map(code -> " " + code.reason());
    return "HTTP/1.1 " + response.status() + known.orElse("");
  }

  /// Its address where the URI has one; a name is not looked up for this.
  private static Endpoint server(URI uri) {
    var host = uri.getHost() == null ? "" : uri.getHost().replaceAll("[\\[\\]]", "");
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
    int port = uri.getPort() < 0 ? usual : Math.min(uri.getPort(), 65_535);
    return new Endpoint(
        IpAddress.parse(host).filter(address -> !address.v6()).orElse(LOOPBACK), port);
  }

  private static Entry entry(long time, Endpoint from, Endpoint to, String first, String rest) {
    var cut = rest.length() > LONGEST ? rest.substring(0, LONGEST) : rest;
    return new Entry(time, from, to, Bytes.of(cut.isEmpty() ? first : first + ":" + cut));
  }
}
