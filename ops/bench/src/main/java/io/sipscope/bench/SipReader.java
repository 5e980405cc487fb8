package io.sipscope.bench;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.io.IOException;
import java.text.ParseException;
import java.util.Optional;

/// A parser under measurement: what it reads of a message.
public enum SipReader {

  /// The hot path of the ingest: start line, Call-ID, CSeq, both tags, topmost Via's branch,
  /// Contact, Content-Type.
  SIPSCOPE {
    @Override
    Object read(byte[] message) throws Unreadable {
      if (!(SipParser.parse(Bytes.of(message)) instanceof SipMessage sip)) {
        throw new Unreadable("no SIP message");
      }
      return new Hot(
          sip.startLine(),
          sip.callId(),
          sip.cseq(),
          sip.fromTag(),
          sip.toTag(),
          sip.branch(),
          sip.contact(),
          sip.contentType());
    }

    @Override
    String callId(byte[] message) throws Unreadable {
      return ((Hot) read(message)).callId().toString();
    }
  },

  /// pkts.io: Call-ID, CSeq, From and its tag, To and its tag.
  PKTS {
    @Override
    Object read(byte[] message) throws Unreadable {
      try {
        var sip = io.pkts.packet.sip.SipMessage.frame(message);
        return new Four(
            sip.getCallIDHeader().getValue(),
            sip.getCSeqHeader().getSeqNumber(),
            sip.getFromHeader().getTag(),
            Optional.ofNullable(sip.getToHeader().getTag()));
      } catch (IOException | RuntimeException e) {
        throw new Unreadable(e);
      }
    }

    @Override
    String callId(byte[] message) throws Unreadable {
      return ((Four) read(message)).callId().toString();
    }
  },

  /// The JAIN-SIP reference implementation, which parses every header: the same four are read.
  JAIN {
    @Override
    Object read(byte[] message) throws Unreadable {
      try {
        SIPMessage sip = new StringMsgParser().parseSIPMessage(message, true, false, null);
        if (sip == null) {
          throw new Unreadable("no message");
        }
        return new Four(
            sip.getCallId().getCallId(),
            sip.getCSeq().getSeqNumber(),
            String.valueOf(sip.getFromTag()),
            Optional.ofNullable(sip.getToTag()));
      } catch (ParseException | RuntimeException e) {
        throw new Unreadable(e);
      }
    }

    @Override
    String callId(byte[] message) throws Unreadable {
      return ((Four) read(message)).callId().toString();
    }
  };

  /// Parses the message and reads its headers; throws when it or one of them cannot be had.
  abstract Object read(byte[] message) throws Unreadable;

  abstract String callId(byte[] message) throws Unreadable;

  private record Hot(
      Object startLine,
      Object callId,
      Object cseq,
      Object fromTag,
      Object toTag,
      Object branch,
      Object contact,
      Object contentType) {}

  private record Four(Object callId, long cseq, Object fromTag, Optional<?> toTag) {}

  /// The parser lost the message.
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }

    Unreadable(Throwable cause) {
      super(cause);
    }
  }
}
