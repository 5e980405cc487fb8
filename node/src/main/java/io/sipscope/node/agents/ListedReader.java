package io.sipscope.node.agents;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.sipscope.node.BadSetting;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.net.IpBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Reads the agents of the configuration. What is wrong is told without a word of any key.
final class ListedReader {
  private static final Set<String> KEYS =
      Set.of("name", "id", "key", "sha256", "addresses", "rate");

  private static final long MAX_ID = 0xffff_ffffL;
  private static final int MAX_RATE = 10_000_000;

  private final Config entry;
  private final String path;

  private ListedReader(Config entry, String path) {
    this.entry = entry;
    this.path = path;
  }

  static List<Listed> read(List<? extends Config> entries) {
    var listed = new ArrayList<Listed>();
    var taken = new HashSet<String>();
    for (int i = 0; i < entries.size(); i++) {
      var path = AgentSettings.AGENTS + "." + i;
      var one = new ListedReader(entries.get(i), path).listed();
      for (var name : one.agent().names()) {
        if (!taken.add(name)) {
          throw new BadSetting(path, name, "the only agent of that name or id");
        }
      }
      listed.add(one);
    }
    return listed;
  }

  private Listed listed() {
    var unknown = new TreeSet<>(entry.root().keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new BadSetting(
          path, String.join(", ", unknown), "made of name, id, key or sha256, addresses and rate");
    }
    var agent = new Agent(id(), name());
    if (agent.equals(Agent.NONE)) {
      throw new BadSetting(path, "an agent of nothing", "one with a name or an id, or with both");
    }
    return new Listed(agent, key(), networks(), rate());
  }

  private String name() {
    return entry.hasPath("name") ? text("name", "a text, as the agent sends it").strip() : "";
  }

  private long id() {
    if (!entry.hasPath("id")) {
      return 0;
    }
    var wanted = "a whole number from 1 to " + MAX_ID;
    long id = number("id", wanted);
    if (id < 1 || id > MAX_ID) {
      throw new BadSetting(path + ".id", id, wanted);
    }
    return id;
  }

  private AgentKey key() {
    if (entry.hasPath("key") == entry.hasPath("sha256")) {
      throw new BadSetting(
          path,
          entry.hasPath("key") ? "of two keys" : "of no key",
          "one with a key or with the sha256 of one");
    }
    if (entry.hasPath("key")) {
      var key = text("key", "a text");
      if (key.isEmpty()) {
        throw new BadSetting(path + ".key", "", "a text that nobody guesses");
      }
      return AgentKey.of(key);
    }
    return AgentKey.ofSha256(text("sha256", "64 hexadecimal digits"))
        .orElseThrow(
            () ->
                new BadSetting(
                    path + ".sha256",
                    "something else",
                    "64 hexadecimal digits, as sha256sum prints them"));
  }

  private List<IpBlock> networks() {
    var wanted = "a list of addresses and blocks such as 192.0.2.0/24 or 2001:db8::/32";
    if (!entry.hasPath("addresses")) {
      return List.of();
    }
    var networks = new ArrayList<IpBlock>();
    for (var text : texts(wanted)) {
      networks.add(
          IpBlock.parse(text.strip())
              .orElseThrow(() -> new BadSetting(path + ".addresses", text, wanted)));
    }
    if (networks.isEmpty()) {
      throw new BadSetting(path + ".addresses", "empty", wanted + ", or not set: then any will do");
    }
    return networks;
  }

  private int rate() {
    if (!entry.hasPath("rate")) {
      return Allowance.UNLIMITED;
    }
    var wanted = "packets a second, from 1 to " + MAX_RATE;
    long rate = number("rate", wanted);
    if (rate < 1 || rate > MAX_RATE) {
      throw new BadSetting(path + ".rate", rate, wanted);
    }
    return (int) rate;
  }

  private String text(String key, String wanted) {
    try {
      return entry.getString(key);
    } catch (ConfigException.WrongType e) {
      throw new BadSetting(path + "." + key, "something else", wanted);
    }
  }

  private List<String> texts(String wanted) {
    try {
      return entry.getStringList("addresses");
    } catch (ConfigException.WrongType e) {
      throw new BadSetting(path + ".addresses", "something else", wanted);
    }
  }

  private long number(String key, String wanted) {
    try {
      return entry.getLong(key);
    } catch (ConfigException.WrongType | ConfigException.BadValue e) {
      throw new BadSetting(path + "." + key, entry.getValue(key).unwrapped(), wanted);
    }
  }
}
