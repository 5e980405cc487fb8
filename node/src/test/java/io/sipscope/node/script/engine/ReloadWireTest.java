package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.Complaint.Severity;
import io.sipscope.node.script.engine.ReloadDesk.Forget;
import io.sipscope.node.script.engine.ReloadDesk.Prepare;
import io.sipscope.node.script.engine.ReloadDesk.Prepared;
import io.sipscope.node.script.engine.ReloadDesk.Swap;
import io.sipscope.node.script.engine.ReloadDesk.Swapped;
import io.sipscope.persistence.wire.Unreadable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReloadWireTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Complaint WRONG =
      new Complaint("policy.cfg", 3, 5, 9, "there is no function 'x'", Severity.ERROR.text());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /// As the configuration binds it.
  private static SerializerWithStringManifest wire(Object value) {
    return (SerializerWithStringManifest)
        SerializationExtension.get(KIT.system()).findSerializerFor(value);
  }

  static Object[] all() {
    return new Object[] {
      new Prepare(-5, KIT.<Prepared>createTestProbe().ref()),
      new Swap(7, KIT.<Swapped>createTestProbe().ref()),
      new Forget(Long.MIN_VALUE),
      new Swapped("pekko://sipscope@127.0.0.1:1", /* done */ true),
      new Prepared("a", /* hasScript */ false, List.of()),
      new Prepared(
          "b",
          /* hasScript */ true,
          List.of(WRONG, Complaint.about("policy.cfg", "strange", Severity.WARNING)))
    };
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsWrittenIsReadBack(Object value) throws Exception {
    var wire = wire(value);
    assertEquals(value, wire.fromBinary(wire.toBinary(value), wire.manifest(value)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatWasCutShortIsUnreadable(Object value) {
    var wire = wire(value);
    var bytes = wire.toBinary(value);
    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThrows(Unreadable.class, () -> wire.fromBinary(cut, wire.manifest(value)));
    }
  }

  @Test
  void ofTooManyComplaintsTheErrorIsNotCutOff() throws Exception {
    var complaints = new ArrayList<Complaint>();
    for (int line = 0; line < 500; line++) {
      complaints.add(Complaint.about("policy.cfg", "strange " + line, Severity.WARNING));
    }
    complaints.add(WRONG);
    var prepared = new Prepared("a", /* hasScript */ true, complaints);
    var wire = wire(prepared);
    var read = (Prepared) wire.fromBinary(wire.toBinary(prepared), wire.manifest(prepared));
    assertTrue(read.complaints().contains(WRONG));
    assertEquals(100, read.complaints().size());
  }
}
