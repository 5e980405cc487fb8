package io.sipscope.bench.dictionary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.wire.SipFrames;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainDictionaryTest {

  /// Should a later Zstandard train otherwise, its dictionary is a second one, and this test goes:
  /// the first stays as it is.
  @Test
  void theFirstDictionaryCanBeMadeAgain() throws Exception {
    try (var in = SipFrames.class.getResourceAsStream("/dictionary/sip-1.zdict")) {
      assertArrayEquals(in.readAllBytes(), TrainDictionary.train(1, TrainDictionary.SIZE));
    }
  }

  @Test
  void whatIsMadeUpIsSip() throws Exception {
    var random = new Random(2);
    var vendors = Vendor.all();
    var methods = new HashSet<String>();
    for (int i = 0; i < 2_000; i++) {
      for (var capture : MadeDialog.make(random, vendors)) {
        var message = assertInstanceOf(SipMessage.class, SipParser.parse(capture.sip()));
        assertEquals(message.body().length(), message.contentLength().orElseThrow());
        assertTrue(message.callId().isPresent());
        methods.add(message.cseq().method());
      }
    }
    assertTrue(methods.size() > 12, methods.toString());
  }
}
