package io.sipscope.node.agents;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.time.Duration;
import java.util.List;

/// Who may send HEP, and when an agent counts as silent.
///
/// @param listed the agents of the configuration, with what each has to show
/// @param silence how long an agent that usually sends more often may be silent while others speak
public record AgentSettings(Authentication authentication, List<Listed> listed, Duration silence) {
  static final String AGENTS = "sipscope.hep.agents";
  private static final String AUTHENTICATION = "sipscope.hep.authentication";

  /// Nobody is asked.
  public static final AgentSettings OPEN =
      new AgentSettings(Authentication.OFF, List.of(), Duration.ofSeconds(30));

  /// Who has to show a key.
  public enum Authentication {
    /// Nobody.
    OFF,
    /// Who says it is an agent that is listed; others are let in.
    KNOWN,
    /// Everybody: who is not listed is not let in.
    REQUIRED
  }

  public AgentSettings {
    listed = List.copyOf(listed);
  }

  public static AgentSettings from(Setting setting) {
    var listed = ListedReader.read(entries(setting.config()));
    return new AgentSettings(
        authentication(setting.text(AUTHENTICATION), !listed.isEmpty()),
        listed,
        setting.duration("sipscope.hep.silence", Duration.ofSeconds(1), Duration.ofDays(1)));
  }

  private static List<? extends Config> entries(Config config) {
    try {
      return config.getConfigList(AGENTS);
    } catch (ConfigException.WrongType | ConfigException.BadValue e) {
      throw new BadSetting(
          AGENTS, "something else", "a list of {name, id, key or sha256, addresses, rate}");
    }
  }

  /// To list agents with their keys and to ask nobody for one would be a trap.
  private static Authentication authentication(String text, boolean someAreListed) {
    return switch (text) {
      case "auto" -> someAreListed ? Authentication.REQUIRED : Authentication.OFF;
      case "off" -> Authentication.OFF;
      case "known" -> Authentication.KNOWN;
      case "required" -> {
        if (!someAreListed) {
          throw new BadSetting(
              AUTHENTICATION, text, "auto, off or known while " + AGENTS + " lists nobody");
        }
        yield Authentication.REQUIRED;
      }
      default -> throw new BadSetting(AUTHENTICATION, text, "auto, off, known or required");
    };
  }
}
