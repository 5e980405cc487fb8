package io.sipscope.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Reads settings and refuses those that make no sense. The settings records are made from it at
/// the start; nothing below them sees a [Config].
public record Setting(Config config) {

  public String text(String key) {
    return read(key, config::getString, "a text");
  }

  /// A name or address to bind.
  public String host(String key) {
    var host = text(key);
    if (host.isBlank()) {
      throw new BadSetting(key, host, "a host name or an IP address, such as 127.0.0.1");
    }
    return host;
  }

  public int port(String key) {
    return count(key, 0, 65_535, "a port number from 0 (any free one) to 65535");
  }

  public int count(String key, int least, int most) {
    return count(key, least, most, "a whole number from " + least + " to " + most);
  }

  private int count(String key, int least, int most, String wanted) {
    int value = read(key, config::getInt, wanted);
    if (value < least || value > most) {
      throw new BadSetting(key, value, wanted);
    }
    return value;
  }

  public long bytes(String key, long least, long most) {
    var wanted =
        "a size such as 8 MiB, at least "
            + least
            + (most == Long.MAX_VALUE ? " bytes" : " and at most " + most + " bytes");
    long value = read(key, config::getBytes, wanted);
    if (value < least || value > most) {
      throw new BadSetting(key, config.getValue(key).unwrapped(), wanted);
    }
    return value;
  }

  public List<String> texts(String key) {
    return List.copyOf(read(key, config::getStringList, "a list of texts"));
  }

  /// A list of names, or one text with commas between them, as the environment gives it.
  public List<String> names(String key) {
    boolean isText =
        config.hasPath(key) && config.getValue(key).valueType() == ConfigValueType.STRING;
    var names = isText ? List.of(text(key).split(",", -1)) : texts(key);
    return names.stream().map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
  }

  public Duration duration(String key, Duration least, Duration most) {
    var wanted = "a duration such as 50ms or 10s, from " + shown(least) + " to " + shown(most);
    var value = read(key, config::getDuration, wanted);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new BadSetting(key, config.getValue(key).unwrapped(), wanted);
    }
    return value;
  }

  private static String shown(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private <T> T read(String key, Function<String, T> reader, String wanted) {
    try {
      return reader.apply(key);
    } catch (ConfigException.Missing missing) {
      throw BadSetting.missing(key, wanted);
    } catch (ConfigException.WrongType | ConfigException.BadValue bad) {
      throw new BadSetting(key, config.getValue(key).unwrapped(), wanted);
    }
  }
}
