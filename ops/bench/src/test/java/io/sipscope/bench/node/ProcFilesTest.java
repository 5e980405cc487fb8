package io.sipscope.bench.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcFilesTest {
  private final ProcFiles own = new ProcFiles(ProcessHandle.current().pid());

  @Test
  void timeSpentGrows() throws IOException {
    double before = own.cpuSeconds();
    long end = System.nanoTime() + 200_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    double spent = own.cpuSeconds() - before;
    assertTrue(spent > 0.05 && spent < 5, "spent " + spent);
  }

  @Test
  void aFamilySpendsAtLeastWhatItsHeadDoes() throws IOException {
    double head = own.cpuSeconds();
    assertTrue(own.cpuSecondsOfFamily() >= head);
  }

  @Test
  void thePeakIsAtLeastWhatIsHeldNow() throws IOException {
    long now = own.residentBytes();
    assertTrue(now > 10_000_000, "a JVM of " + now + " bytes");
    assertTrue(own.peakResidentBytes() >= now);
  }
}
