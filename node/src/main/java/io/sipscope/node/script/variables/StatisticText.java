package io.sipscope.node.script.variables;

/// The name of a statistic as scripts write it: `name` or `group:name`. A name with a SIP URI in
/// it, such as `load_sip:10.0.0.1:9060`, has an underscore for each colon of the URI, as colons
/// part groups from names: `load_sip_10.0.0.1_9060`.
public final class StatisticText {
  private static final String SIP = "sip:";
  private static final String SIPS = "sips:";

  private StatisticText() {}

  public static String of(String text) {
    int sip = text.indexOf(SIP);
    int sips = text.indexOf(SIPS);
    int uri = sip < 0 ? sips : sips < 0 ? sip : Math.min(sip, sips);
    // A group may be called "sip": then there is no URI unless more colons follow.
    return uri < 0 || (uri == 0 && text.indexOf(':') == text.lastIndexOf(':'))
        ? text
        : text.substring(0, uri) + text.substring(uri).replace(':', '_');
  }
}
