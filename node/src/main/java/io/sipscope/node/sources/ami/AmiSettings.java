package io.sipscope.node.sources.ami;

import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import io.sipscope.protocol.net.Endpoint;
import java.util.Optional;

/// @param host of the Asterisk server; empty: none
/// @param sipAddress where that Asterisk speaks SIP, as its ladder shall show it; empty: the
/// address of the manager interface, and the port that is usual for the transport
public record AmiSettings(
    String host, int port, String username, String password, Optional<Endpoint> sipAddress) {
  private static final String HOST = "sipscope.ami.host";
  private static final String USERNAME = "sipscope.ami.username";
  private static final String SIP_ADDRESS = "sipscope.ami.sip-address";

  public static AmiSettings from(Setting setting) {
    var host = setting.text(HOST).strip();
    var username = setting.text(USERNAME);
    if (!host.isEmpty() && username.isEmpty()) {
      throw new BadSetting(USERNAME, username, "the name of a user in Asterisk's manager.conf");
    }
    var address = setting.text(SIP_ADDRESS).strip();
    var endpoint = Endpoint.parse(address);
    if (!address.isEmpty() && endpoint.isEmpty()) {
      throw new BadSetting(SIP_ADDRESS, address, "an address and a port, such as 192.0.2.10:5060");
    }
    return new AmiSettings(
        host,
        setting.port("sipscope.ami.port"),
        username,
        setting.text("sipscope.ami.password"),
        endpoint);
  }

  public boolean isOn() {
    return !host.isEmpty();
  }

  /// `host:port`, IPv6 in brackets.
  String server() {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }

  /// Without the password.
  @Override
  public String toString() {
    return "AmiSettings[" + server() + ", " + username + "]";
  }
}
