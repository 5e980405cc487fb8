package io.sipscope.node.sources.ami;

/// A SIP message in the forms in which Asterisk's manager interface may bring it.
final class Logs {
  private Logs() {}

  static String received(String sip) {
    return "<--- Received SIP request (%d bytes) from UDP:192.0.2.10:5060 --->"
        .formatted(sip.length());
  }

  static String sent(String sip) {
    return "<--- Transmitting SIP response (%d bytes) to UDP:192.0.2.10:5060 --->"
        .formatted(sip.length());
  }

  /// As chan_pjsip's line and the message behind it, both raw, in one event: ast_verbose puts a
  /// line feed behind the message.
  static String rawInAnEvent(String header, String sip) {
    return "Event: Verbose\r\nPrivilege: verbose,all\r\nTimestamp: 1795279200.250000\r\nMessage: "
        + header
        + "\n"
        + sip
        + "\n\r\n\r\n";
  }

  /// A value for each line of it, in one event.
  static String linesOfAnEvent(String header, String sip) {
    var event =
        new StringBuilder("Event: Log\r\nPrivilege: log,all\r\nTimestamp: 1795279200.250000\r\n");
    event.append("Message: ").append(header).append("\r\n");
    for (var line : sip.split("\r\n", -1)) {
      event.append("Message: ").append(line).append("\r\n");
    }
    return event.append("\r\n").toString();
  }

  /// An event for each line of it, with other events in between.
  static String eventForEachLine(String header, String sip) {
    var events = new StringBuilder();
    for (var line : (header + "\r\n" + sip).split("\r\n", -1)) {
      events
          .append("Event: Verbose\r\nTimestamp: 1795279200.250000\r\nVerbose: ")
          .append(line)
          .append("\r\n\r\n")
          .append(
              "Event: VarSet\r\nChannel: PJSIP/bob-00000001\r\nVariable: X\r\nValue: 1\r\n\r\n");
    }
    return events.toString();
  }

  /// As the output of a command, whose lines keep their carriage returns.
  static String output(String header, String sip) {
    var answer = new StringBuilder("Response: Success\r\nMessage: Command output follows\r\n");
    for (var line : (header + "\n" + sip + "\n").split("\n", -1)) {
      answer.append("Output: ").append(line).append("\r\n");
    }
    return answer.append("\r\n").toString();
  }

  /// With its line breaks written as `\r\n` in one value.
  static String escaped(String header, String sip) {
    return "Event: UserEvent\r\nUserEvent: Sip\r\nTimestamp: 1795279200.250000\r\nData: "
        + (header + "\n" + sip).replace("\r", "\\r").replace("\n", "\\n")
        + "\r\n\r\n";
  }
}
