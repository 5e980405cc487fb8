package io.sipscope.node.mi;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a node answers otherwise than the OpenSIPS of the corpus, and why.
final class GoldenDifferences {
  /// What the ones of the corpus were set to, as far as their answers show it.
  static final Map<String, String> SETTINGS =
      Map.of(
          "mi-2.4",
          traced("[tid]uri=hep:h1", "[tid]uri=sip:127.0.0.1:15090"),
          "mi-3.4",
          tracedByThree(),
          "mi-4.1",
          tracedByThree());

  /// What had been asked for before the corpus was taken.
  static final List<String> STARTED =
      List.of(
          """
          {"id":"dyn1","uri":"sip:127.0.0.1:15090"}\
          """,
          """
          {"id":"dyn3","uri":"hep:127.0.0.1:9060;transport=udp;version=3","filter":["caller=zz"]}\
          """,
          """
          {"id":"dyn2","uri":"hep:127.0.0.1:9060;transport=udp;version=3",\
          "filter":["caller=alice","ip=127.0.0.1","callee=bob@127.0.0.1"]}\
          """);

  private static String tracedByThree() {
    return traced(
        "[tid]uri=hep:h1",
        "[tid]uri=sip:127.0.0.1:15090",
        "[tid]uri=file:/dev/null",
        "[other]uri=hep:h1");
  }

  private static String traced(String... ids) {
    return "sipscope.trace.hep-ids = [\"[h1] 127.0.0.1:9060;transport=udp;version=3\"]\n"
        + "sipscope.trace.ids = [\""
        + String.join("\", \"", ids)
        + "\"]\n";
  }

  /// Names of requests, as a pattern, and the reason.
  private static final String REASONS =
      """
      mi-2.4/dgram-garbage            = one socket for both eras: what is no text of 2.x is told so as 3.x does
      mi-2.4/fifo-which               = the commands are ours
      mi-2.4/http-getstats-all        = the statistics are ours
      mi-2.4/http-xmlrpc-(ps|version) = one path for both eras: what both understand is answered as by 3.x
      mi-[34]../fifo-legacy-text      = one FIFO for both eras: the text of 2.x is answered
      mi-3.4/http-ambiguous-list      = the names of 4.1 are known, and this one is ambiguous
      mi-4.1/http-ambiguous-list      = the modules to choose from are ours
      mi-4.1/http-trace-bare          = the name of 3.x wins, so that its clients work
      mi-.../http-post-textplain      = told why (415), then the connection is closed
      mi-3.4/http-get_statistics-intarr = a fault of 3.4: what is not found is 404 in all other versions
      mi-3.4/http-version-rev         = the key of 4.1
      mi-3.4/http-which-mod           = modules can be asked for, as in 4.1
      mi-3.4/http-xmlrpc-.*           = no XML-RPC was loaded there
      mi-4.1/dgram-batch              = a crash of 4.1: told that it is no request, as over HTTP
      mi-[34]../http-get_statistics-(all|groups) = the statistics are ours
      mi-4.1/http-dlg_list(-cnt)?     = a call is in the list there, and none here
      mi-[34]../http-(cache_fetch-none|mem_pkg_dump-bad|t_uac_dlg-none) = a command that is not ours
      mi-[34]../http-trace_stop       = a fault there: what was stopped before is still there
      mi-4.1/http-ul_dump             = a command that is not ours
      """;

  /// What other rooms have yet to answer.
  private static final String NOT_YET =
      """
      mi-2.4/fifo-stats              = statistics
      mi-2.4/http-(getstats|list_statistics|reset|seed).* = statistics
      mi-[34]../fifo-getstats        = statistics
      mi-[34]../http-(get|list|reset)_statistics.* = statistics
      """;

  private GoldenDifferences() {}

  static boolean isExplained(String name) {
    return Stream.of(REASONS, NOT_YET)
        .flatMap(table -> patterns(table).stream())
        .anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /// Whether a reason was given for it that must then be true.
  static boolean mustDiffer(String name) {
    return patterns(REASONS).stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static List<Pattern> patterns(String table) {
    return table.lines().map(line -> Pattern.compile(line.split(" +=", 2)[0])).toList();
  }
}
