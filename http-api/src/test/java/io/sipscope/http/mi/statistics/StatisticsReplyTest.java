package io.sipscope.http.mi.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.statistics.StatisticName;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatisticsReplyTest {
  @Test
  void statisticsArePickedInTheOrderAskedFor() {
    var values = new TreeMap<StatisticName, Long>();
    values.put(new StatisticName("core", "rcv_requests"), 1L);
    values.put(new StatisticName("ingest", "received"), 2L);
    values.put(new StatisticName("ingest", "persisted"), 3L);
    var picked = StatisticsReply.pick(values, List.of("INGEST:", "nothing", "RCV_requests"));
    assertEquals(
        List.of("ingest:persisted", "ingest:received", "core:rcv_requests"),
        List.copyOf(picked.keySet()));
    assertEquals(3, StatisticsReply.pick(values, List.of("all")).size());
    assertEquals(0, StatisticsReply.pick(values, List.of("ingest:received", "ALL")).size());
  }
}
