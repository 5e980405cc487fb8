package io.sipscope.protocol.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever comes, the answer is a list of values: nothing throws, nothing goes on for ever.
class RelayFuzzTest {
  private static final String PAYLOAD =
      "4f:50:54:49:4f:4e:53:20:73:69:70:3a:62:20:53:49:50:2f:32:2e:30:0d:0a:0d:0a";

  private static final List<String> GOOD =
      List.of(
          """
          {"srcIp":"192.0.2.1","srcPort":5062,"dst":"[2001:db8::1]:5060","proto":"SIP/UDP",
           "timestamp":1795217439.657367123,"raw":"OPTIONS sip:b SIP/2.0\\r\\nVia: SIP/2.0/UDP h\\r\\n"}
          """,
          """
          {"index":{"_index":"packets"}}
          {"timestamp":"1487357972761","layers":{"frame":{"frame_frame_time":"Nov 21, 2026"},
           "ip":[{"ip_ip_src":"1.2.3.4"},{"ip_ip_dst":"1.2.3.5"}],"udp":{"udp_udp_payload":"%s"}}}
          """
              .formatted(PAYLOAD),
          """
          [{"_source":{"layers":{"frame_raw":["%s",0,25,0,1],"sip_raw":["%s",0,25,0,1],
           "tcp":{"tcp.srcport_raw":["13c4",0,2,0,4],"tcp.payload":"%s"},
           "sip":{"sip.Request-Line":"OPTIONS sip:b SIP/2.0","sip.msg_hdr":"Via: x\\r\\n\\r\\n"}}}}]
          """
              .formatted(PAYLOAD.replace(":", ""), PAYLOAD.replace(":", ""), PAYLOAD),
          """
          {"time":"2026-11-21T17:00:00+01:00","source":{"ip":"::1","port":"5060"},"agent_id":7,
           "data":"{\\"payload_base64\\":\\"T1BUSU9OUyBzaXA6YiBTSVAvMi4wDQoNCg==\\"}"}
          """,
          "OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.1:5061;received=::1;rport=7\r\n\r\n");

  /// An input is a document, and is read twice.
  private static final int EACH = 10;

  private static List<byte[]> seeds() {
    return GOOD.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @Test
  void theSeedsAreGood() {
    for (var seed : seeds()) {
      var read = RelayReader.read(Bytes.of(seed));
      assertTrue(
          read.stream().allMatch(Relayed.Message.class::isInstance) && !read.isEmpty(),
          read::toString);
    }
  }

  @Test
  void noInputThrows() {
    var random = new Random(9999);
    var mutations = new Mutations(seeds(), random);
    for (long i = 0; i < Mutations.INPUTS / EACH; i++) {
      var bytes = Bytes.of(mutations.next());
      assertTrue(RelayReader.read(bytes).size() <= bytes.length() + 1);
      RelayReader.read(Map.of("data", bytes, "timestamp", bytes, "src", bytes));
    }
  }
}
