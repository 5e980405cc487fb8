package io.sipscope.node.mi;

import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where management commands come in by a FIFO.
///
/// @param isOn whether there is a FIFO
/// @param path where it is
/// @param replyDir where the callers make theirs for the answers
public record MiFifoSettings(boolean isOn, Path path, Path replyDir) {
  static final String PATH = "sipscope.mi.fifo.path";
  static final String REPLY_DIR = "sipscope.mi.fifo.reply-dir";

  public static MiFifoSettings from(Setting setting) {
    boolean isOn = setting.config().hasPath(PATH) && !setting.text(PATH).isBlank();
    var path = Path.of(isOn ? setting.text(PATH) : "");
    var replyDir = Path.of(setting.text(REPLY_DIR));
    if (isOn && !Files.isDirectory(replyDir)) {
      throw new BadSetting(REPLY_DIR, replyDir.toString(), "a directory");
    }
    return new MiFifoSettings(isOn, path, replyDir);
  }
}
