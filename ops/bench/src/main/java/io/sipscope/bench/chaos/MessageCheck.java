package io.sipscope.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.bench.Call;
import io.sipscope.bench.chaos.Ledger.Promise;
import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Asks the node for what it acknowledged: every message of every call, byte for byte, once, in its
/// order.
final class MessageCheck {
  /// Questions at once: the node has other things to do.
  private static final int AT_ONCE = 4;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// A question may fail while the node is busy catching up.
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MILLIS = 500;

  private final NodeProcess node;
  private final Complaints complaints;

  MessageCheck(NodeProcess node, Complaints complaints) {
    this.node = node;
    this.complaints = complaints;
  }

  /// @param messages that had to be there
  /// @param lost of them are not, or not as they were
  /// @param extra messages that are there and should not: twice, or never sent
  /// @param disordered calls that have their messages in another order
  record Found(long messages, long lost, long extra, long disordered) {
    static final Found NOTHING = new Found(0, 0, 0, 0);

    Found and(Found other) {
      return new Found(
          messages + other.messages,
          lost + other.lost,
          extra + other.extra,
          disordered + other.disordered);
    }

    boolean isRight() {
      return lost == 0 && extra == 0 && disordered == 0;
    }
  }

  Found check(List<Promise> promises) throws InterruptedException {
    var found = Found.NOTHING;
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var answers = new ArrayList<Future<Found>>();
      promises.forEach(promise -> answers.add(threads.submit(() -> check(promise))));
      for (var answer : answers) {
        found = found.and(answer.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /// Dialogs that cannot be read, or have other than so many messages.
  ///
  /// @param expected messages by Call-ID
  long damaged(Map<String, Long> expected) throws InterruptedException {
    long damaged = 0;
    for (var dialog : expected.entrySet()) {
      int there = messages(dialog.getKey()).size();
      if (there != dialog.getValue()) {
        complaints.add(dialog.getKey() + ": " + there + " messages of " + dialog.getValue());
        damaged++;
      }
    }
    return damaged;
  }

  /// Messages that are not there.
  ///
  /// @param expected prints of messages by Call-ID; a dialog may have others too
  long missing(Map<String, List<String>> expected) throws InterruptedException {
    long missing = 0;
    for (var dialog : expected.entrySet()) {
      var there = messages(dialog.getKey());
      var gone = new ArrayList<>(dialog.getValue());
      there.forEach(gone::remove);
      if (!gone.isEmpty()) {
        complaints.add(dialog.getKey() + ": " + gone.size() + " messages are not there");
        missing += gone.size();
      }
    }
    return missing;
  }

  private Found check(Promise promise) throws InterruptedException {
    var expected = new ArrayList<String>();
    for (int message = 0; message < Call.MESSAGES; message++) {
      expected.add(print(Call.message(message, promise.run(), promise.call())));
    }
    var callId = Call.callId(promise.run(), promise.call());
    var found = compare(expected, messages(callId));
    if (!found.isRight()) {
      complaints.add(callId + ": " + found);
    }
    return found;
  }

  static Found compare(List<String> expected, List<String> there) {
    var missing = new ArrayList<>(expected);
    there.forEach(missing::remove);
    var extra = new ArrayList<>(there);
    expected.forEach(extra::remove);
    boolean ordered = !missing.isEmpty() || !extra.isEmpty() || there.equals(expected);
    return new Found(expected.size(), missing.size(), extra.size(), ordered ? 0 : 1);
  }

  /// The prints of a dialog's messages; none when it is unknown.
  List<String> messages(String callId) throws InterruptedException {
    var path = URLEncoder.encode(callId, StandardCharsets.UTF_8);
    var failure = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        var answer = node.get("/api/dialogs/" + path + "/messages?raw=true", TIMEOUT);
        if (answer.statusCode() == 200) {
          return prints(new ObjectMapper().readTree(answer.body()));
        }
        if (answer.statusCode() == 404) {
          return List.of();
        }
        failure = answer.statusCode() + " " + answer.body();
      } catch (IOException e) {
        failure = e.toString();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    complaints.add(callId + " cannot be read: " + failure);
    return List.of();
  }

  /// What the node says of size and digest must be those of the bytes it gives.
  private static List<String> prints(JsonNode answer) throws IOException {
    var prints = new ArrayList<String>();
    for (var message : answer.path("messages")) {
      var print = print(Base64.getDecoder().decode(message.path("raw").asText()));
      var said = message.path("size").asLong() + " " + message.path("sha256").asText();
      prints.add(said.equals(print) ? print : "said " + said + ", is " + print);
    }
    return prints;
  }

  /// Size and SHA-256 of a message.
  static String print(byte[] message) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(message);
      return message.length + " " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
