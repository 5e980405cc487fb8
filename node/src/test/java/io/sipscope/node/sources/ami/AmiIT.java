package io.sipscope.node.sources.ami;

import static io.sipscope.node.NodeApi.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// A whole node beside an Asterisk.
class AmiIT {
  private static final String CALL_ID = "ami-node@example.com";
  private static final int MESSAGES = 1_000;

  @Test
  void aThousandLoggedMessagesAreStoredInOrderAndTheLoggerIsOffAfterTheNode() throws Exception {
    try (var asterisk = new FakeAmi()) {
      try (var node =
          TestNode.start(
              """
              sipscope.store = memory
              sipscope.ami {
                host = 127.0.0.1
                port = %d
                username = %s
                password = %s
                sip-address = "203.0.113.5:5060"
              }
              """
                  .formatted(asterisk.port(), FakeAmi.USER, FakeAmi.SECRET))) {
        var connection = asterisk.awaitLogin();
        for (int i = 1; i <= MESSAGES; i++) {
          var sip = Messages.options(CALL_ID, i);
          FakeAmi.write(connection, Logs.linesOfAnEvent(Logs.received(sip), sip));
        }
        eventually(
            () -> {
              var found = node.messages(CALL_ID);
              assertEquals(
                  IntStream.rangeClosed(1, MESSAGES).boxed().toList(),
                  StreamSupport.stream(found.spliterator(), false)
                      .map(message -> message.path("cseq").asInt())
                      .toList());
              return null;
            });
        var message = node.messages(CALL_ID).get(0);
        assertEquals("ami", message.path("sourceKind").asText());
        assertEquals("192.0.2.10:5060", message.path("source").asText());
        assertEquals("203.0.113.5:5060", message.path("destination").asText());
        node.assertConserved(MESSAGES);
      }
      assertEquals("pjsip set logger off", asterisk.commands().getLast());
    }
  }
}
