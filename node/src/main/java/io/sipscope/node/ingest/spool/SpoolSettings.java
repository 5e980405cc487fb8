package io.sipscope.node.ingest.spool;

import io.sipscope.node.Setting;
import java.nio.file.Path;
import java.time.Duration;

/// Where what comes waits while the store takes nothing.
///
/// @param folder of its own for each node; made when it is needed
/// @param bytes the most it may take of the disk; 0 when there is to be none
/// @param after how long nothing was taken when it begins
public record SpoolSettings(Path folder, long bytes, Duration after) {
  public static final SpoolSettings OFF = new SpoolSettings(Path.of(""), 0, Duration.ofSeconds(1));

  public static SpoolSettings from(Setting setting) {
    var folder = setting.text("sipscope.ingest.spool.folder");
    return new SpoolSettings(
        folder.isBlank()
            ? Path.of(setting.text("sipscope.data-dir")).resolve("spool")
            : Path.of(folder),
        setting.bytes("sipscope.ingest.spool.bytes", 0, Long.MAX_VALUE),
        setting.duration(
            "sipscope.ingest.spool.after", Duration.ofMillis(100), Duration.ofMinutes(1)));
  }

  public boolean isOn() {
    return bytes > 0;
  }
}
