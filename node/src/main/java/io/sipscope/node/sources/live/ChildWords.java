package io.sipscope.node.sources.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a capture program says on its standard error, reduced to what matters: its first complaint,
/// and how many packets it had to drop.
final class ChildWords {
  private static final Logger LOG = LoggerFactory.getLogger(ChildWords.class);

  /// A line may be a file name or a filter that somebody made long.
  static final int MAX_LINE = 400;

  /// A complaint is followed by its reason in brackets, and then by advice.
  private static final int MAX_COMPLAINT = 300;

  /// dumpcap: `Packets received/dropped on interface 'lo': 5/0 (pcap:0/dumpcap:0/flushed:0/...`
  private static final Pattern DUMPCAP_DROPS =
      Pattern.compile("Packets received/dropped on interface .*: \\d{1,18}/(\\d{1,18})\\b.*");

  /// tcpdump: `7 packets dropped by kernel`; tshark: `7 packets dropped from lo`.
  private static final Pattern OTHER_DROPS =
      Pattern.compile("(\\d{1,18}) packets? dropped (?:by|from) .*");

  /// `dumpcap: There is no device named "nope0".`
  private static final Pattern COMPLAINT = Pattern.compile("(?:dumpcap|tshark|tcpdump): (\\S.*)");

  /// What is no complaint, though it begins like one.
  private static final Pattern NEWS =
      Pattern.compile(
          "listening on .*|Error loading table .*|You don't have permission to read the file .*"
              + "|Can't open your preferences file .*|data link type .*|verbose output suppressed.*"
              + "|Capturing on .*");

  private long dropped;
  private String complaint = "";
  private String before = "";

  /// Reads until the program has closed it.
  void read(InputStream standardError) {
    try (var lines =
        new BufferedReader(new InputStreamReader(standardError, StandardCharsets.UTF_8))) {
      var line = new StringBuilder();
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        if (c == '\n' || c == '\r') {
          heard(line.toString());
          line.setLength(0);
        } else if (line.length() < MAX_LINE) {
          line.append((char) c);
        }
      }
      heard(line.toString());
    } catch (IOException closed) {
      LOG.debug("a capture program's standard error was cut off", closed);
    }
  }

  synchronized void heard(String line) {
    var drops = DUMPCAP_DROPS.matcher(line);
    var otherDrops = OTHER_DROPS.matcher(line);
    if (drops.matches()) {
      dropped += Long.parseLong(drops.group(1));
    } else if (otherDrops.matches()) {
      dropped += Long.parseLong(otherDrops.group(1));
    } else {
      complain(line);
    }
    before = line;
  }

  private void complain(String line) {
    var words = COMPLAINT.matcher(line);
    if (complaint.isEmpty() && words.matches() && !NEWS.matcher(words.group(1)).matches()) {
      complaint = cut(words.group(1));
    } else if (!complaint.isEmpty()
        && line.startsWith("(")
        && COMPLAINT.matcher(before).matches()) {
      complaint = cut(complaint + ' ' + line);
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_COMPLAINT ? text : text.substring(0, MAX_COMPLAINT) + "...";
  }

  /// Packets it said it had dropped.
  synchronized long dropped() {
    return dropped;
  }

  /// What it complained of first; empty when it didn't.
  synchronized Optional<String> complaint() {
    return complaint.isEmpty() ? Optional.empty() : Optional.of(complaint);
  }
}
