package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptCheckTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("policy.cfg");
  }

  private ScriptCheck check(String text) throws IOException {
    Files.writeString(file, text);
    return ScriptCheck.of(file, ConfigFactory.empty());
  }

  private List<String> places(ScriptCheck check) {
    return check.complaints().stream()
        .map(shown -> shown.lines().findFirst().orElseThrow())
        .map(line -> line.substring(folder.toString().length() + 1))
        .map(line -> line.substring(0, line.indexOf(": ", line.indexOf(": ") + 1)))
        .toList();
  }

  @Test
  void allThatIsDefinedWronglyIsShownAtItsPlace() throws IOException {
    var check =
        check(
            """
            modparam("tracer", "trace_id", "[tid]uri=hep:h")
            modparam("proto_hep", "hep_id", "[h] 127.0.0.1:9060")
              exec_msg_threshold = soon
            modparam("dispatcher", "pvar_algo_pattern", "nothing")
            modparam("tracer", "trace_id", "[other]uri=hep:nobody")
            udp_workers = 2 use_auto_scaling_profile P
            auto_scaling_profile = P scale up to 4 on 70% for 4 cycles
            route { trace("tid"); }
            """);
    assertEquals(
        List.of("policy.cfg:3:3: error", "policy.cfg:4:1: error", "policy.cfg:5:1: error"),
        places(check),
        check.complaints()::toString);
    assertEquals(3, check.errors());
    assertEquals(
        List.of("  exec_msg_threshold = soon", "  ^~~~~~~~~~~~~~~~~~"),
        check.complaints().getFirst().lines().skip(1).toList());
  }

  @Test
  void whatTheConfigurationAloneShowsHasItsPlaceToo() throws IOException {
    assertEquals(
        List.of("policy.cfg:2:3: error"), places(check("route {\n  trace(\"nobody\");\n}\n")));
  }

  @Test
  void aRouteThatWasNotUnderstoodIsNotMissed() throws IOException {
    var check = check("route { route(b); }\nroute[a] { $var(x) = 1;\nroute[b] { exit; }\n");
    assertEquals(
        List.of(), check.complaints().stream().filter(c -> c.contains("no route")).toList());
    assertEquals("policy.cfg:3:6: error", places(check).getFirst());
  }
}
