package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a ladder is saved as, and that what strangers wrote is text in it and in its files.
class LadderFilesIT extends PageTest {
  private static final String CALL = "a84b4c76e66710@198.51.100.24";
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";
  private static final String EVIL_CALL = EVIL + "\"'&#x41;%00@example.com";

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
    node.importCapture(DrawnCalls.lostAck(CALL).file());
    node.importCapture(DrawnCalls.hostile(EVIL_CALL, EVIL).file());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {CALL, EVIL_CALL})
  void aDrawingIsXmlOfItsOwnWithTheCallInIt(String callId) throws Exception {
    var image = saved(callId, "SVG");
    var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    var read = parser.parse(new ByteArrayInputStream(image)).getDocumentElement();
    assertEquals("svg", read.getNodeName());
    assertTrue(read.getTextContent().contains("198.51.100.24"));
    assertTrue(read.getTextContent().contains("INVITE"));
    for (var runs : new String[] {"script", "img", "a", "image", "foreignObject", "style"}) {
      assertEquals(0, read.getElementsByTagName(runs).getLength(), runs);
    }
  }

  @Test
  void anImageIsAPictureInTheColoursAskedFor() throws Exception {
    showExport(CALL);
    page.getByLabel("dark").check();
    var image = ImageIO.read(new ByteArrayInputStream(bytes(download("PNG"))));
    assertTrue(image.getWidth() > 800 && image.getHeight() > 800, image.toString());
    assertEquals(0xff141413, image.getRGB(5, 5));
  }

  @Test
  void aTextIsWhatTheTerminalPrints() throws Exception {
    var text = new String(saved(CALL, "Text"), StandardCharsets.UTF_8);
    assertTrue(text.startsWith(CALL + "  +442079460112@pbx.example.com → "), text);
    assertEquals(54, text.lines().filter(line -> line.contains("▶") || line.contains("◀")).count());
    assertTrue(text.contains("14:06:52.072    0.000"), text);
  }

  @Test
  void aTextOfAStrangersCallHasItsWords() throws Exception {
    assertTrue(new String(saved(EVIL_CALL, "Text"), StandardCharsets.UTF_8).contains("<img src=x"));
  }

  @Test
  void aCaptureFileIsThatOfTheApi() throws Exception {
    var path = "/api/dialogs/" + NodeApi.encoded(CALL) + "/pcap";
    assertArrayEquals(node.bytes(path).body(), saved(CALL, "PCAP"));
  }

  @Test
  void whatAFileWillHaveIsSaidBeforeItIsSaved() {
    showExport(CALL);
    var sheet = page.getByRole(AriaRole.DIALOG);
    assertThat(sheet).containsText("54 messages of 1 dialog");
    assertThat(sheet).containsText("18 rows");
    assertThat(sheet).containsText("credentials");
    assertAccessible(page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Message", "Headers", "SDP", "Compare", "Bytes"})
  void whatStrangersWroteIsTextInEveryView(String view) {
    show(EVIL_CALL, "?m=2&c=1");
    assertThat(page.locator("h1")).containsText("<img");
    assertThat(page.locator("svg.arrows")).containsText("486 <img");
    page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(view)).click();
    var panel = page.getByRole(AriaRole.TABPANEL);
    if (view.equals("Bytes")) {
      assertThat(panel).containsText("<img src=x");
    } else if (!view.equals("SDP")) {
      assertThat(panel).containsText(EVIL);
    }
    page.keyboard().press("k");
    if (view.equals("SDP")) {
      assertThat(panel).containsText("a=" + EVIL);
    }
    assertEquals(0, page.locator("main img").count());
    assertFalse(page.title().equals("owned"), page.title());
  }

  @Test
  void whatStrangersWroteIsTextInTheTable() {
    show(EVIL_CALL, "?as=table");
    assertThat(page.locator("tbody tr").nth(1)).containsText("486 " + EVIL);
    assertEquals(0, page.locator("main img").count());
    assertAccessible(page);
  }

  private void show(String callId, String search) {
    page.navigate(node.uri("/dialogs/" + NodeApi.encoded(callId) + search).toString());
  }

  private void showExport(String callId) {
    show(callId, "");
    assertThat(page.locator("svg.arrows g[role=listitem]").first()).isVisible();
    page.keyboard().press("e");
  }

  private byte[] saved(String callId, String format) throws IOException {
    showExport(callId);
    return bytes(download(format));
  }

  private Download download(String format) {
    return page.waitForDownload(
        () -> page.getByRole(AriaRole.DIALOG).getByText(format, exactly()).first().click());
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static byte[] bytes(Download download) throws IOException {
    return Files.readAllBytes(download.path());
  }
}
