package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a node tells of every dialog that a search finds.
///
/// @param byCallId the prints ([MessageCheck#print]) of its messages, in their order
record DialogDigests(Map<String, List<String>> byCallId) {
  /// Questions at once.
  private static final int AT_ONCE = 8;

  /// @param complaints of those that cannot be read
  static DialogDigests of(NodeProcess node, Complaints complaints)
      throws IOException, InterruptedException {
    var check = new MessageCheck(node, complaints);
    var answers = new TreeMap<String, Future<List<String>>>();
    var dialogs = new TreeMap<String, List<String>>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (var callId : SearchCheck.of(node).messages().keySet()) {
        answers.put(callId, threads.submit(() -> check.messages(callId)));
      }
      for (var answer : answers.entrySet()) {
        dialogs.put(answer.getKey(), answer.getValue().get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
    return new DialogDigests(dialogs);
  }

  /// Whether some of a dialog's messages are missing in others, and nothing else is.
  boolean hasMoreThan(String callId, List<String> others) {
    var missing = new ArrayList<>(byCallId.get(callId));
    var extra = new ArrayList<>(others);
    others.forEach(missing::remove);
    byCallId.get(callId).forEach(extra::remove);
    return !missing.isEmpty() && extra.isEmpty();
  }
}
