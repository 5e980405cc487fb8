package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @Test
  void aWordWinsOverTheFile(@TempDir Path folder) throws Exception {
    var file =
        Files.writeString(folder.resolve("a.conf"), "sipscope { http.port = 1, store = h2 }");
    var settings = Settings.of(Map.of("sipscope.http.port", "2"), file);
    assertEquals(2, settings.getInt("sipscope.http.port"));
    assertEquals("h2", settings.getString("sipscope.store"));
  }

  @Test
  void aListIsAListAndTextIsText() throws Failure {
    var settings = Settings.of(Map.of("a.list", "[x, y]", "a.text", "jdbc:postgresql://h:1/d?x=y"));
    assertEquals(List.of("x", "y"), settings.getStringList("a.list"));
    assertEquals("jdbc:postgresql://h:1/d?x=y", settings.getString("a.text"));
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    var none = Path.of("none.conf");
    var failure = assertThrows(Failure.class, () -> Settings.of(Map.of(), none));
    assertTrue(failure.getMessage().contains("none.conf: no such file"), failure.getMessage());
  }

  @Test
  void aFileThatCannotBeReadIsSaid(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("a.conf"), "sipscope {");
    var failure = assertThrows(Failure.class, () -> Settings.of(Map.of(), file));
    assertTrue(failure.getMessage().contains("a.conf"), failure.getMessage());
  }
}
