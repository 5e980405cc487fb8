package io.sipscope.bench.dictionary;

import io.sipscope.protocol.net.Endpoint;
import java.util.Map;

/// One side of a made-up dialog.
///
/// @param user its telephone number or name
/// @param blanks fills templates with this side as `{own}`
/// @param said what it has filled in before: a product says the same again in each of its messages
record Party(
    Vendor vendor,
    Endpoint endpoint,
    String user,
    String tag,
    Blanks blanks,
    Map<String, String> said) {

  /// Its address as it stands in a URI: IPv6 in brackets.
  String host() {
    var text = endpoint.toString();
    return text.substring(0, text.lastIndexOf(':'));
  }

  String says(String template) {
    return said.computeIfAbsent(template, blanks::fill);
  }

  /// The branch of a request that it passes on, and so of all answers to it.
  String passing(String branch) {
    return said.computeIfAbsent("branch " + branch, _ -> id("branch"));
  }

  String id(String name) {
    return blanks.fill(vendor.ids().get(name));
  }
}
