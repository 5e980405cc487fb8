package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.sipscope.node.NodeApi;
import io.sipscope.node.Sip;
import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The list of dialogs: found, chosen, taken away, and reached from elsewhere.
class DialogsPageIT extends PageTest {
  private static final String HOSTILE = "\"><script>document.title='owned'</script>@example.com";

  /// Calls a minute apart, two of them within the same second.
  private static final long START = Nanos.of(Instant.parse("2026-03-01T10:00:00Z"));

  private static final long SECOND = 1_000_000_000L;

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
    answered(new Sip("first@dialogs", START));
    answered(new Sip("second@dialogs", START + 60 * SECOND));
    answered(new Sip("third@dialogs", START + 60 * SECOND + SECOND / 2));
    var many = new String[150];
    for (int i = 0; i < many.length; i++) {
      many[i] = Messages.options("many-" + i + "@dialogs");
    }
    node.importCapture(Pcaps.of(many));
    node.sendUdp(
        Messages.hep3(
            Messages.options(HOSTILE).replace("<sip:alice@example.com>", "<sip:<b>x</b>@h>"),
            START + 3_600 * SECOND));
    NodeApi.eventually(
        () -> {
          assertEquals(154, node.json("/api/dialogs?limit=1000").path("dialogs").size());
          return null;
        });
  }

  private static void answered(Sip call) throws IOException {
    node.sendUdp(call.request(0, "INVITE", 1, ""));
    node.sendUdp(call.reply(20, 100, "INVITE", 1));
    node.sendUdp(call.reply(900, 180, "INVITE", 1));
    node.sendUdp(call.reply(2_000, 200, "INVITE", 1));
    node.sendUdp(call.request(2_040, "ACK", 1, "b"));
    node.sendUdp(call.request(30_000, "BYE", 2, "b"));
    node.sendUdp(call.reply(30_020, 200, "BYE", 2));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private void go(String path) {
    page.navigate(node.uri(path).toString());
  }

  private Locator rows() {
    return page.locator("tbody tr[data-key]");
  }

  private Locator row(String key) {
    return page.locator("tbody tr[data-key='" + key + "']");
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void theListGoesOnAsItIsScrolled() {
    go("/");
    assertThat(rows().first()).isVisible();
    assertThat(page.getByRole(AriaRole.GRID)).hasAttribute("aria-rowcount", "-1");
    for (int i = 0; i < 3; i++) {
      page.getByRole(AriaRole.GRID).hover();
      page.mouse().wheel(0, 20_000);
    }
    assertThat(page.getByRole(AriaRole.GRID)).hasAttribute("aria-rowcount", "155");
    page.mouse().wheel(0, 20_000);
    assertThat(page.locator("tbody tr[aria-rowindex='155']")).isVisible();
    assertTrue(rows().count() < 80, "only what is on screen is drawn");
  }

  @Test
  void theShapeOfACallIsDrawnFromItsMessages() {
    go("/?method=INVITE");
    // INVITE 100 180 200 ACK BYE 200: seven, of which the summary knows six.
    assertThat(row("first@dialogs").locator("svg rect")).hasCount(7);
  }

  @Test
  void aSelectionIsMadeByTheKeyboardAndExportedAsOneCaptureFile() throws Exception {
    go("/?method=INVITE");
    assertThat(rows()).hasCount(3);
    page.keyboard().press("j");
    page.keyboard().press("Space");
    page.keyboard().press("Shift+J");
    assertThat(page.getByText("2 selected")).isVisible();
    page.keyboard().press("e");
    var sheet = page.getByRole(AriaRole.DIALOG);
    assertThat(sheet).containsText("2 selected dialogs");
    assertThat(sheet).containsText("14 messages of 2 dialogs.");
    var download =
        page.waitForDownload(
            () ->
                sheet
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Download"))
                    .click());
    assertEquals("sipscope.pcapng", download.suggestedFilename());
    var packets = packets(download.path());
    assertEquals(14, packets.size());
    assertTrue(packets.stream().noneMatch(sip -> sip.contains("first@dialogs")), "not chosen");
    assertThat(sheet).hasCount(0);
  }

  private static List<String> packets(Path file) throws IOException {
    var packets = new ArrayList<String>();
    try (var capture = CaptureFile.open(Files.newInputStream(file))) {
      while (true) {
        var next = capture.next();
        if (next instanceof Pcap.End) {
          return packets;
        }
        var frame = assertInstanceOf(Pcap.Frame.class, next);
        packets.add(new String(frame.data().toArray(), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void allThatIsShownIsSelectedAtOnce() {
    go("/?text=dialogs&method=INVITE");
    page.getByLabel("Select all shown").check();
    assertThat(page.getByText("3 selected")).isVisible();
    assertThat(page.locator("tr.marked")).hasCount(3);
    page.keyboard().press("Escape");
    assertThat(page.locator("tr.marked")).hasCount(0);
  }

  @Test
  void aSearchIsSavedUnderANameAndFoundAgain() {
    go("/?method=INVITE&user=alice");
    assertThat(rows()).hasCount(3);
    page.locator("summary", new Page.LocatorOptions().setHasText("Saved")).click();
    page.getByLabel("Name of this search").fill("Alice's calls");
    page.keyboard().press("Enter");
    go("/");
    page.locator("summary", new Page.LocatorOptions().setHasText("Saved")).click();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Alice's calls")).click();
    assertThat(page).hasURL(node.uri("/?method=INVITE&user=alice").toString());
    assertThat(rows()).hasCount(3);
  }

  @Test
  void filtersThatFindNothingSayHowMuchTheyHideAndWhichHidesMost() {
    go("/?method=INVITE&from=nobody");
    assertThat(page.getByText("Nothing matches these filters")).isVisible();
    assertThat(page.getByText("154 dialogs are hidden. The from filter hides most of them."))
        .isVisible();
    page.getByText("Remove from filter").click();
    assertThat(rows()).hasCount(3);
  }

  @Test
  void aFilterThatMakesNoSenseIsRefusedAtTheFieldWithTheServersReason() {
    go("/?status=9xx");
    assertThat(page.locator("#refused"))
        .containsText("\"status\" is \"9xx\" (wanted: a status such as 486");
    go("/?start=2026-03-02T00:00:00Z&end=soon");
    assertThat(page.locator("#refused")).containsText("\"end\" is \"soon\"");
    complaints.removeIf(told -> told.contains("400"));
  }

  @Test
  void aLinkByCallIdOpensTheLadder() {
    go("/?call-id=first@dialogs");
    assertThat(page).hasURL(node.uri("/dialogs/first%40dialogs").toString());
    go("/?call-id=not-there");
    assertThat(page.getByText("No dialog has this Call-ID")).isVisible();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T10:01:00Z",
        "2026-03-01T11:01:00%2B01:00",
        "2026-03-01T11:01:00+01:00",
        "1772359260",
        "1772359260.0",
        "1772359260000"
      })
  void aLinkByTimeShowsWhatIsNearIt(String time) {
    go("/?around=" + time + "&window=5s&from=alice&to=bob");
    assertThat(rows()).hasCount(2);
    assertEquals("second@dialogs", rows().first().getAttribute("data-key"));
    assertThat(page.locator("p.near"))
        .containsText("Nearest of 2 dialogs: at that moment, from and to match.");
    assertThat(rows().first()).hasAttribute("aria-selected", "true");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/dialogs/second%40dialogs"));
  }

  @Test
  void theIdOfACallLogThatIsNoCallIdLeadsToTheNearestWithTheChoiceShown() {
    go("/?call-id=1772359260.12&around=1772359260.4&window=5s&from=alice&to=+44123456");
    assertThat(page.locator("p.near"))
        .containsText(
            "No dialog has this Call-ID. Nearest of 2 dialogs: 0.10 s after, from matches.");
    assertEquals("third@dialogs", rows().first().getAttribute("data-key"));
    assertThat(row("second@dialogs")).containsText("0.40 s before");
    page.getByText("Open its ladder").click();
    assertThat(page).hasURL(Pattern.compile("/dialogs/third%40dialogs"));
    go("/?call-id=second@dialogs&around=1772359260.4&window=5s&from=alice");
    assertThat(page).hasURL(node.uri("/dialogs/second%40dialogs").toString());
  }

  @Test
  void nothingNearATimeSaysHowToLookFurther() {
    go("/?around=2026-03-01T09:59:30Z&window=5s");
    assertThat(page.getByText("Nothing near that time")).isVisible();
    page.getByText("Within 1m").click();
    assertThat(rows()).hasCount(1);
  }

  @Test
  void aDragOnTheStripNarrowsTheListAndEscapeWidensItAgain() {
    go("/?method=INVITE");
    assertThat(rows()).hasCount(3);
    assertThat(page.locator(".strip svg rect.all").first()).isVisible();
    var bar = page.locator(".strip svg rect.all").first().boundingBox();
    page.mouse().move(bar.x - 12, bar.y);
    page.mouse().down();
    page.mouse().move(bar.x, bar.y);
    page.mouse().move(bar.x + bar.width + 12, bar.y);
    page.mouse().up();
    assertThat(page).hasURL(Pattern.compile("start=2026-03-01.*end=2026-03-01"));
    assertThat(row("first@dialogs")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page).hasURL(node.uri("/?method=INVITE").toString());
    assertThat(rows()).hasCount(3);
  }

  @Test
  void anUploadThatIsNoCaptureIsToldSo() {
    go("/");
    page.locator("input[type=file]")
        .setInputFiles(
            new FilePayload(
                "notes.txt",
                "text/plain",
                "this is no capture file at all".getBytes(StandardCharsets.UTF_8)));
    var card =
        page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Import of notes.txt"));
    assertThat(card).containsText("the magic of pcap or pcapng");
    complaints.removeIf(told -> told.contains("400"));
  }

  @Test
  void whatAStrangerWroteIsShownAndNotRun() {
    go("/?text=script");
    assertThat(rows()).hasCount(1);
    assertThat(rows()).containsText("<b→");
    assertEquals(0, page.locator("td b").count());
    assertFalse(page.title().contains("owned"), page::title);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void thePageIsAccessibleInBothThemes(ColorScheme scheme) {
    try (var shown = open(scheme)) {
      shown.navigate(node.uri("/?method=INVITE").toString());
      assertThat(shown.locator("tbody tr[data-key]")).hasCount(3);
      shown.keyboard().press("j");
      shown.keyboard().press("Space");
      assertAccessible(shown);
      shown.navigate(node.uri("/?around=1772359260&from=alice").toString());
      assertThat(shown.locator("tbody tr[data-key]")).hasCount(2);
      assertAccessible(shown);
      shown.navigate(node.uri("/?from=nobody").toString());
      assertThat(shown.getByText("Nothing matches these filters")).isVisible();
      assertAccessible(shown);
    }
  }

  @Test
  void anEmptyStoreSaysWhatToDoNextAndHasASampleAClickAway(@TempDir Path folder) {
    try (var empty = TestNode.start("sipscope.data-dir = \"" + folder + "\"")) {
      page.navigate(empty.uri("/").toString());
      assertThat(page.locator("main").getByText("No packets yet")).isVisible();
      assertAccessible(page);
      button("Load the sample call").click();
      assertThat(page).hasURL(Pattern.compile("/dialogs/sample-"));
      assertThat(page.locator("svg g[role=listitem]")).hasCount(7);
      page.navigate(empty.uri("/").toString());
      assertThat(rows()).hasCount(1);
      assertTrue(
          Math.abs(
                  Nanos.of(Clock.systemUTC().instant())
                      - Nanos.of(Instant.parse(rows().locator("td").nth(6).getAttribute("title"))))
              < 3_600 * SECOND);
      page.navigate("about:blank"); // asks nobody who is gone
    }
  }
}
