package io.sipscope.ops;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What differs from a node's defaults: `-Dkey=value` words, over a file.
final class Settings {
  private Settings() {}

  static Config of(Map<String, String> words, Path file) throws Failure {
    if (!Files.isReadable(file)) {
      throw new Failure("--config " + file + ": no such file, or not readable");
    }
    try {
      var strict = ConfigParseOptions.defaults().setAllowMissing(false);
      return of(words).withFallback(ConfigFactory.parseFile(file.toFile(), strict));
    } catch (ConfigException e) {
      throw new Failure("--config " + e.getMessage(), e);
    }
  }

  /// A value that begins as a list or an object is read as HOCON, any other is text.
  static Config of(Map<String, String> words) throws Failure {
    var config = ConfigFactory.empty();
    for (var word : words.entrySet()) {
      var value = word.getValue();
      boolean structured = value.startsWith("[") || value.startsWith("{");
      var text = word.getKey() + " = " + (structured ? value : ConfigUtil.quoteString(value));
      try {
        config = ConfigFactory.parseString(text).withFallback(config);
      } catch (ConfigException e) {
        throw new Failure("-D" + word.getKey() + "=" + value + ": " + e.getMessage(), e);
      }
    }
    return config;
  }
}
