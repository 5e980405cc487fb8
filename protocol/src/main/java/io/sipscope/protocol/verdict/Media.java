package io.sipscope.protocol.verdict;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sdp.Sdp;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What rules want to know of a session description, in one long: whether two of them can agree.
/// Read once from every offer and answer, so without making anything of the text.
///
/// Of the codecs only those of the first medium with a port count. What cannot be told (a payload
/// type nobody explains, a codec not known here) counts as any codec: two descriptions are said to
/// have none in common only where that is certain.
///
/// @param codecs a bit each by [#KNOWN]; all of them where that cannot be told
/// @param refused there are media, and each has port 0
/// @param held no medium is sent in both directions (RFC 3264 §8.4), or to `0.0.0.0`
record Media(long codecs, boolean refused, boolean held) {
  /// No description: its bit is no codec's.
  static final Media NONE = new Media(1L << 62, false, false);

  private static final long ANY = -1L;

  /// Longer descriptions are read up to here: a WebRTC offer has some ten thousand bytes.
  private static final int MAX_LENGTH = 32_768;

  private static final int TYPE_LENGTH = Sdp.CONTENT_TYPE.length();
  private static final int FIRST_DYNAMIC = 96;
  private static final int MAX_FORMATS = 128;
  private static final int COMFORT_NOISE = 13;

  private static final List<String> KNOWN =
      List.of(
          "PCMU",
          "PCMA",
          "G722",
          "G729",
          "GSM",
          "iLBC",
          "opus",
          "speex",
          "AMR",
          "AMR-WB",
          "EVS",
          "G723",
          "G726-16",
          "G726-24",
          "G726-32",
          "G726-40",
          "L16",
          "SILK",
          "iSAC",
          "DVI4",
          "LPC",
          "QCELP",
          "MPA",
          "G728",
          "G7221",
          "BV16",
          "BV32",
          "CLEARMODE",
          "t38",
          "H261",
          "H263",
          "H263-1998",
          "H264",
          "VP8",
          "VP9",
          "AV1");

  /// By static payload type (RFC 3551 §6), each beside its codec.
  private static final long[] STATIC_BITS = staticBits();

  /// What goes along with any codec and is none.
  private static final List<String> COMPANIONS =
      List.of("telephone-event", "CN", "red", "ulpfec", "rtx", "flexfec-03");

  private static long[] staticBits() {
    var bits = new long[FIRST_DYNAMIC];
    Arrays.fill(bits, ANY);
    bits[0] = 1L << KNOWN.indexOf("PCMU");
    bits[3] = 1L << KNOWN.indexOf("GSM");
    bits[4] = 1L << KNOWN.indexOf("G723");
    bits[5] = 1L << KNOWN.indexOf("DVI4");
    bits[6] = 1L << KNOWN.indexOf("DVI4");
    bits[7] = 1L << KNOWN.indexOf("LPC");
    bits[8] = 1L << KNOWN.indexOf("PCMA");
    bits[9] = 1L << KNOWN.indexOf("G722");
    bits[10] = 1L << KNOWN.indexOf("L16");
    bits[11] = 1L << KNOWN.indexOf("L16");
    bits[12] = 1L << KNOWN.indexOf("QCELP");
    bits[14] = 1L << KNOWN.indexOf("MPA");
    bits[15] = 1L << KNOWN.indexOf("G728");
    bits[16] = 1L << KNOWN.indexOf("DVI4");
    bits[17] = 1L << KNOWN.indexOf("DVI4");
    bits[18] = 1L << KNOWN.indexOf("G729");
    bits[31] = 1L << KNOWN.indexOf("H261");
    bits[34] = 1L << KNOWN.indexOf("H263");
    bits[COMFORT_NOISE] = 0;
    return bits;
  }

  static boolean isIn(SipMessage message) {
    return message.contentType().regionMatches(true, 0, Sdp.CONTENT_TYPE, 0, TYPE_LENGTH)
        && !message.body().isEmpty();
  }

  /// [#NONE] when the message has no description of its own; one in a multipart body is none here.
  static Media of(SipMessage message) {
    return isIn(message) ? of(message.body()) : NONE;
  }

  private static Media of(Bytes body) {
    var array = body.array();
    int end = body.offset() + Math.min(body.length(), MAX_LENGTH);
    var formats = new long[2];
    var explained = new long[2];
    long codecs = 0;
    boolean media = false;
    boolean open = false;
    boolean chosen = false;
    boolean inChosen = false;
    boolean held = false;
    int at = body.offset();
    while (at < end) {
      int next = at;
      while (next < end && array[next] != '\n' && array[next] != '\r') {
        next++;
      }
      if (next - at > 2 && array[at + 1] == '=') {
        switch (array[at]) {
          case 'm' -> {
            media = true;
            boolean on = hasPort(array, at, next);
            open |= on;
            inChosen = on && !chosen;
            chosen |= on;
            if (inChosen) {
              formats(array, at, next, formats);
            }
          }
          case 'a' -> {
            if (inChosen && starts(array, at, next, "a=rtpmap:")) {
              codecs |= rtpmap(array, at + "a=rtpmap:".length(), next, explained);
            }
            held |= starts(array, at, next, "a=sendonly") || starts(array, at, next, "a=inactive");
          }
          case 'c' -> held |= starts(array, at, next, "c=IN IP4 0.0.0.0");
          default -> {}
        }
      }
      at = next + 1;
    }
    return new Media(codecs | unexplained(formats, explained), media && !open, held);
  }

  private static boolean starts(byte[] array, int from, int end, String text) {
    if (end - from < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (array[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Of `m=audio 40000 RTP/AVP 8 0`: whether the port is not 0.
  private static boolean hasPort(byte[] array, int from, int end) {
    int at = afterBlank(array, from, end);
    return at < end && array[at] >= '1' && array[at] <= '9';
  }

  private static int afterBlank(byte[] array, int from, int end) {
    int at = from;
    while (at < end && array[at] != ' ') {
      at++;
    }
    return Math.min(end, at + 1);
  }

  private static void formats(byte[] array, int from, int end, long[] formats) {
    int at = afterBlank(array, afterBlank(array, afterBlank(array, from, end), end), end);
    while (at < end) {
      int type = number(array, at, end);
      if (type >= 0 && type < MAX_FORMATS) {
        formats[type >> 6] |= 1L << type;
      }
      at = afterBlank(array, at, end);
    }
  }

  /// -1 where there is none.
  private static int number(byte[] array, int from, int end) {
    int value = -1;
    for (int at = from; at < end && at < from + 3 && array[at] >= '0' && array[at] <= '9'; at++) {
      value = Math.max(0, value) * 10 + array[at] - '0';
    }
    return value;
  }

  /// The bit of the codec of `96 opus/48000/2`; a static type is what its number says.
  private static long rtpmap(byte[] array, int from, int end, long[] explained) {
    int type = number(array, from, end);
    if (type < FIRST_DYNAMIC || type >= MAX_FORMATS) {
      return 0;
    }
    explained[1] |= 1L << type;
    int name = afterBlank(array, from, end);
    int slash = name;
    while (slash < end && array[slash] != '/' && array[slash] != ' ') {
      slash++;
    }
    return bit(array, name, slash);
  }

  private static long bit(byte[] array, int from, int end) {
    for (int i = 0; i < KNOWN.size(); i++) {
      if (isName(array, from, end, KNOWN.get(i))) {
        return 1L << i;
      }
    }
    for (var companion : COMPANIONS) {
      if (isName(array, from, end, companion)) {
        return 0;
      }
    }
    return ANY;
  }

  private static boolean isName(byte[] array, int from, int end, String name) {
    if (end - from != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.toLowerCase(array[from + i]) != Character.toLowerCase(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static long unexplained(long[] formats, long[] explained) {
    long codecs = 0;
    for (int type = 0; type < FIRST_DYNAMIC; type++) {
      if ((formats[type >> 6] >>> type & 1) != 0) {
        codecs |= STATIC_BITS[type];
      }
    }
    return (formats[1] & ~explained[1] & ANY << FIRST_DYNAMIC) == 0 ? codecs : ANY;
  }

  /// Whether there is a description at all.
  boolean isThere() {
    return !equals(NONE);
  }

  /// Whether it is certain that what was offered and what was answered have no codec in common.
  boolean sharesNothingWith(Media other) {
    return codecs != 0 && other.codecs != 0 && (codecs & other.codecs) == 0;
  }

  /// `PCMA, G729`
  String names() {
    var names = new ArrayList<String>();
    for (int i = 0; i < KNOWN.size(); i++) {
      if ((codecs >>> i & 1) != 0) {
        names.add(KNOWN.get(i));
      }
    }
    return String.join(", ", names);
  }
}
