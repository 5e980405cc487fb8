package io.sipscope.bench.dictionary;

/// Message bodies, with their content types.
///
/// @param type empty where there is no body
record Body(String type, String text) {
  static final Body NONE = new Body("", "");

  private static final String SESSION =
      """
      v=0
      o={-|{d10}|user{n1-9}|root|FreeSWITCH|CiscoSystemsSIP-GW-UserAgent} {d10} {d10} IN {family} {address}
      s={-|session|A call|SIP Call|FreeSWITCH|sip session|SDP data|Asterisk PBX {n11-22}.{n0-9}.0}
      c=IN {family} {address}
      t=0 0
      m=audio {d5} {RTP/AVP|RTP/AVP|RTP/AVP|RTP/SAVP|UDP/TLS/RTP/SAVPF} {0 8 101|8 0 18 101|8 101|9 0 8 101|0|107 9 0 8 101|18 101|0 8 18 9 127}
      """;

  private static final String VIDEO =
      """
      m=video {d5} RTP/AVP 96 {97|34|99}
      b={TIAS:2000000|AS:512}
      a=rtpmap:96 H264/90000
      a=fmtp:96 profile-level-id=42{x4}; packetization-mode=1
      a=rtpmap:97 VP8/90000
      a=rtcp-fb:* nack pli
      a=rtcp-fb:* ccm fir
      a={sendrecv|recvonly|inactive}
      """;

  private static final String WAITING =
      """
      Messages-Waiting: {yes|no}
      Message-Account: sip:{user}@{domain}
      Voice-Message: {n0-9}/{n0-9} (0/0)
      """;

  private static final String DIALOG_INFO =
      """
      <?xml version="1.0"?>
      <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="{n0-99}" state="{full|partial}" entity="sip:{user}@{domain}">
      <dialog id="{x8}" call-id="{x16}" direction="{initiator|recipient}">
      <state>{trying|early|confirmed|terminated}</state>
      <remote><identity>sip:{callee}@{domain}</identity><target uri="sip:{callee}@{domain}"/></remote>
      </dialog>
      </dialog-info>
      """;

  private static final String PRESENCE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:{user}@{domain}">
      <tuple id="{a6}"><status><basic>{open|closed}</basic></status>
      <contact priority="0.8">sip:{user}@{own}</contact><timestamp>2026-{n10-12}-{n10-28}T{n10-23}:{n10-59}:{n10-59}Z</timestamp></tuple>
      <dm:person id="p{d3}"><rpid:activities/><dm:note>{Online|Away|On the phone|Busy}</dm:note></dm:person>
      </presence>
      """;

  private static final String DIGIT =
      """
      Signal={n0-9}
      Duration={100|160|250|500}
      """;

  private static final String PICTURE =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder></vc_primitive></media_control>
      """;

  static Body session(Party party) {
    var blanks = party.blanks();
    var v6 = party.endpoint().address().v6();
    var head =
        SESSION
            .replace("{family}", v6 ? "IP6" : "IP4")
            .replace("{address}", party.endpoint().address().toString());
    var text = new StringBuilder(blanks.fill(head));
    for (var attribute : party.vendor().media()) {
      // Telephony events and directions are nearly always there, codecs come and go.
      if (!attribute.contains("rtpmap") || blanks.often(0.8)) {
        text.append(blanks.fill(attribute)).append('\n');
      }
    }
    if (blanks.often(0.08)) {
      text.append(blanks.fill(VIDEO));
    }
    return new Body("application/sdp", text.toString());
  }

  static Body notification(Party party) {
    return switch (party.blanks().any("mwi", "dialog", "presence", "refer")) {
      case "mwi" -> filled(party, "application/simple-message-summary", WAITING);
      case "dialog" -> filled(party, "application/dialog-info+xml", DIALOG_INFO);
      case "presence" -> presence(party);
      default ->
          filled(
              party,
              "message/sipfrag;version=2.0",
              "SIP/2.0 {100 Trying|180 Ringing|200 OK|486 Busy Here|603 Declined}\n");
    };
  }

  static Body presence(Party party) {
    return filled(party, "application/pidf+xml", PRESENCE);
  }

  static Body information(Party party) {
    return party.blanks().often(0.7)
        ? filled(party, "application/dtmf-relay", DIGIT)
        : filled(party, "application/media_control+xml", PICTURE);
  }

  static Body words(Party party) {
    return filled(party, "text/plain{|;charset=UTF-8}", "{Hello|Call me back|See you at} {n1-12}");
  }

  private static Body filled(Party party, String type, String template) {
    return new Body(party.blanks().fill(type), party.blanks().fill(template));
  }
}
