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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Everything that a search finds, page by page.
///
/// @param messages how many each dialog has, by its Call-ID
record SearchCheck(Map<String, Long> messages) {
  private static final int PAGE = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  static SearchCheck of(NodeProcess node) throws IOException, InterruptedException {
    return of(node, "");
  }

  /// @param filter such as `&damaged=true`; empty for all
  static SearchCheck of(NodeProcess node, String filter) throws IOException, InterruptedException {
    var messages = new HashMap<String, Long>();
    var next = "";
    do {
      var answer = node.get("/api/dialogs?limit=" + PAGE + filter + next, TIMEOUT);
      if (answer.statusCode() != 200) {
        throw new IOException("a search answered " + answer.statusCode() + " " + answer.body());
      }
      var page = new ObjectMapper().readTree(answer.body());
      for (var dialog : page.path("dialogs")) {
        messages.merge(dialog.path("callId").asText(), dialog.path("messages").asLong(), Long::sum);
      }
      next = next(page.path("next"));
    } while (!next.isEmpty());
    return new SearchCheck(messages);
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

  /// Some of the dialogs, or all when there are no more.
  Map<String, Long> sample(int size, Random random) {
    var callIds = new ArrayList<>(messages.keySet());
    Collections.shuffle(callIds, random);
    return callIds.stream().limit(size).collect(Collectors.toMap(id -> id, messages::get));
  }

  long stored() {
    return messages.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String next(JsonNode next) {
    return next.isTextual()
        ? "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8)
        : "";
  }
}
