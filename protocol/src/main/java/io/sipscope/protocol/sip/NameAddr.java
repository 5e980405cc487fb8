package io.sipscope.protocol.sip;

/// A display name and URI as in From, To and Contact (RFC 3261 §20.10); parts are empty when
/// absent.
///
/// @param user the user part of the URI, or the number of a `tel:` URI
/// @param host the host part without port
public record NameAddr(String displayName, String uri, String user, String host, String tag) {
  public static final NameAddr NONE = new NameAddr("", "", "", "", "");
}
