package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sipscope.persistence.statistics.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The catalogue of statistics as `ops/docs/statistics.md` and `/openapi.yaml` tell it. With
/// `-Dsipscope.write-docs=true` both are written anew instead of compared.
class StatisticsDocsTest {
  private static final boolean WRITE = Boolean.getBoolean("sipscope.write-docs");
  private static final Path MARKDOWN = Path.of("docs", "statistics.md");
  private static final Path OPENAPI = Path.of("../http-api/src/main/resources/openapi.yaml");
  private static final String BEGIN = "<!-- catalogue -->\n";
  private static final String X_STATISTICS = "x-statistics:\n";

  private static String table() {
    var table = new StringBuilder();
    var group = "";
    for (var entry : Catalogue.bundled().entries()) {
      if (!entry.name().group().equals(group)) {
        group = entry.name().group();
        table.append("\n## ").append(group.replace("*", "NAME")).append("\n\n");
        table.append("| name | kind | unit | over nodes | meaning |\n");
        table.append("| --- | --- | --- | --- | --- |\n");
      }
      var what = entry.description();
      table
          .append("| `")
          .append(entry.name().name())
          .append("` | ")
          .append(what.kind().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(what.unit())
          .append(" | ")
          .append(what.across().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(what.meaning())
          .append(" |\n");
    }
    return table.toString();
  }

  private static String yaml() {
    var yaml = new StringBuilder();
    for (var entry : Catalogue.bundled().entries()) {
      var what = entry.description();
      yaml.append("  '")
          .append(entry.name())
          .append("': '")
          .append(what.kind().name().toLowerCase(Locale.ROOT))
          .append(", ")
          .append(what.unit())
          .append(". ")
          .append(what.meaning().replace("'", "''"))
          .append("'\n");
    }
    return yaml.toString();
  }

  private static void tells(Path file, String mark, String wanted) throws IOException {
    var text = Files.readString(file);
    int from = text.indexOf(mark) + mark.length();
    if (WRITE) {
      Files.writeString(file, text.substring(0, from) + wanted);
    } else {
      assertEquals(
          wanted, text.substring(from), file + " (write it by -Dsipscope.write-docs=true)");
    }
  }

  @Test
  void theDocumentationTellsOfEveryStatistic() throws IOException {
    tells(MARKDOWN, BEGIN, table());
  }

  @Test
  void theDescriptionOfTheApiTellsOfEveryStatistic() throws IOException {
    tells(OPENAPI, X_STATISTICS, yaml());
    var told = new LinkedHashMap<String, String>();
    new YAMLMapper()
        .readTree(Files.readString(OPENAPI))
        .path("x-statistics")
        .properties()
        .forEach(entry -> told.put(entry.getKey(), entry.getValue().asText()));
    assertEquals(
        Catalogue.bundled().entries().stream().map(entry -> entry.name().toString()).toList(),
        told.keySet().stream().toList());
  }
}
