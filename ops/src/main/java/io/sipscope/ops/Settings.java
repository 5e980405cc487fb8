package io.sipscope.ops;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A node's configuration: `-Dkey=value` words over a file over the defaults, where the
/// defaults already read the environment.
final class Settings {
  private Settings() {}

  static Config of(Map<String, String> words) throws Failure {
    return loaded(fromWords(words));
  }

  static Config of(Map<String, String> words, Path file) throws Failure {
    if (!Files.isReadable(file)) {
      throw new Failure("--config " + file + ": no such file, or not readable");
    }
    try {
      var strict = ConfigParseOptions.defaults().setAllowMissing(false);
      return loaded(fromWords(words).withFallback(ConfigFactory.parseFile(file.toFile(), strict)));
    } catch (ConfigException e) {
      throw new Failure("--config " + e.getMessage(), e);
    }
  }

  private static Config loaded(Config own) throws Failure {
    try {
      return ConfigFactory.load(own.withFallback(ConfigFactory.defaultApplication()));
    } catch (ConfigException e) {
      throw new Failure("configuration: " + e.getMessage(), e);
    }
  }

  /// A value that begins as a list or an object is read as HOCON, any other is text.
  private static Config fromWords(Map<String, String> words) throws Failure {
    var config = ConfigFactory.empty();
    for (var word : words.entrySet()) {
      var value = word.getValue();
      boolean structured = value.startsWith("[") || value.startsWith("{");
      try {
        config =
            ConfigFactory.parseString(
                    word.getKey() + " = " + (structured ? value : ConfigUtil.quoteString(value)))
                .withFallback(config);
      } catch (ConfigException e) {
        throw new Failure("-D" + word.getKey() + "=" + value + ": " + e.getMessage(), e);
      }
    }
    return config;
  }
}
