package io.sipscope.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sipscope.http.json.Json;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/// What went wrong, as `application/problem+json` (RFC 9457).
///
/// @param detail what was there (what was wanted)
/// @param parameter the query parameter at fault; `null` when none is
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_NULL) String parameter) {

  /// RFC 9457 §4.2.1: the title is that of the HTTP status.
  private static final String BLANK_TYPE = "about:blank";

  private static final ContentType PROBLEM_JSON =
      MediaTypes.applicationWithFixedCharset(
              "problem+json", org.apache.pekko.http.javadsl.model.HttpCharsets.UTF_8)
          .toContentType();

  public static Problem of(int status, String detail) {
    return new Problem(BLANK_TYPE, StatusCodes.get(status).reason(), status, detail, null);
  }

  public static Problem badParameter(String name, String detail) {
    return new Problem(BLANK_TYPE, StatusCodes.get(400).reason(), 400, detail, name);
  }

  public HttpResponse response() {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(HttpEntities.create(PROBLEM_JSON, Json.bytes(this)));
  }

  /// Ends a request with this problem: the exception that [HttpApi] turns into its response.
  public Refused refused() {
    return new Refused(this);
  }

  /// A request that cannot be answered, with the reason to tell.
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private Refused(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    public Problem problem() {
      return problem;
    }
  }
}
