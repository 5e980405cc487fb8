package io.sipscope.node.sources.live;

import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.util.List;

/// @param interfaces names as the capture program knows them; none: nothing is captured here
/// @param filter in the language of pcap-filter(7); may be empty
/// @param program a name or path; empty: the first that is there
/// @param agent who is named as the capture agent, `agent/interface`; empty: the interface alone
/// @param bufferBytes what the kernel may hold for the program, of each interface
public record CaptureSettings(
    List<String> interfaces, String filter, String program, String agent, long bufferBytes) {
  private static final String INTERFACES = "sipscope.capture.interfaces";
  private static final long MEBIBYTE = 1 << 20;

  public static CaptureSettings from(Setting setting) {
    var interfaces = setting.names(INTERFACES);
    for (var name : interfaces) {
      if (name.startsWith("-") || name.chars().anyMatch(c -> c <= ' ')) {
        throw new BadSetting(INTERFACES, name, "names of network interfaces, such as eth0 or any");
      }
    }
    return new CaptureSettings(
        interfaces,
        setting.text("sipscope.capture.filter").strip(),
        setting.text("sipscope.capture.program").strip(),
        setting.text("sipscope.capture.agent").strip(),
        setting.bytes("sipscope.capture.buffer", MEBIBYTE, 1024 * MEBIBYTE));
  }

  String agentOf(String name) {
    return agent.isEmpty() ? name : agent + "/" + name;
  }
}
