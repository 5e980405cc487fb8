package io.sipscope.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.bench.Call;
import io.sipscope.bench.chaos.Ledger.Promise;
import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything that a search finds, page by page.
///
/// @param messages of each dialog, by its Call-ID
/// @param damaged dialogs that the node says are damaged
record SearchCheck(Map<String, Long> messages, long damaged) {
  private static final int PAGE = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  static SearchCheck of(NodeProcess node) throws IOException, InterruptedException {
    var messages = new HashMap<String, Long>();
    long damaged = 0;
    var next = "";
    do {
      var answer = node.get("/api/dialogs?limit=" + PAGE + next, TIMEOUT);
      if (answer.statusCode() != 200) {
        throw new IOException("a search answered " + answer.statusCode() + " " + answer.body());
      }
      var page = new ObjectMapper().readTree(answer.body());
      for (var dialog : page.path("dialogs")) {
        messages.merge(dialog.path("callId").asText(), dialog.path("messages").asLong(), Long::sum);
        damaged += isDamaged(dialog) ? 1 : 0;
      }
      next = next(page.path("next"));
    } while (!next.isEmpty());
    return new SearchCheck(messages, damaged);
  }

  /// Calls of the ledger that are not found, or with another number of messages.
  long missing(List<Promise> promises) {
    return promises.stream()
        .filter(
            promise ->
                messages.getOrDefault(Call.callId(promise.run(), promise.call()), 0L)
                    != Call.MESSAGES)
        .count();
  }

  long stored() {
    return messages.values().stream().mapToLong(Long::longValue).sum();
  }

  private static boolean isDamaged(JsonNode dialog) {
    return dialog.path("damaged").asBoolean();
  }

  private static String next(JsonNode next) {
    return next.isTextual()
        ? "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8)
        : "";
  }
}
