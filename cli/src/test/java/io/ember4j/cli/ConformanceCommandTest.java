package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.ember4j.conformance.Conformance;
import io.ember4j.conformance.Rule;
import io.ember4j.conformance.Survey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ConformanceCommandTest {
  @TempDir Path folder;

  @Test
  void printsEveryRuleAndWritesTheReport() throws IOException {
    Path reports = folder.resolve("a/b");
    CommandRun run = CommandRun.of("conformance", "--backend", "pure", "--report", reports);
    assertEquals("", run.err());
    for (Rule rule : Conformance.rules()) {
      assertTrue(run.out().contains(" " + rule.id() + "\n"), rule.id());
    }
    // Whether it passes is for the kit's own run to judge; here, that the exit code says so.
    String verdict = run.code() == ExitCode.FINE ? "passed" : "FAILED";
    run.assertPrinted("pure: " + verdict + ": " + Conformance.rules().size() + " rules");
    Refusal.assertFiles(
        reports, "index.html", "junit.xml", "pure-measured.txt", "pure.txt", "report.json");
    assertTrue(Files.readString(reports.resolve("pure.txt")).startsWith("# pure: "));
    Element suites =
        WellFormed.parse(Files.readString(reports.resolve("junit.xml"))).getDocumentElement();
    assertEquals(Conformance.rules().size(), WellFormed.elements(suites, "testcase").size());
    assertSurvey(Files.readString(reports.resolve("report.json")));
    assertPage(Files.readString(reports.resolve("index.html")));
  }

  private static void assertSurvey(String json) {
    JsonArray survey = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("survey");
    assertEquals(Survey.values().size(), survey.size());
    for (JsonElement element : survey) {
      JsonObject activation = element.getAsJsonObject();
      assertEquals("{}", activation.get("failures").toString());
      boolean isElementwise = activation.get("section").getAsString().isEmpty();
      JsonArray errors = activation.getAsJsonArray("errors");
      assertEquals(isElementwise ? 4 : 2, errors.size(), activation.get("activation").toString());
      for (JsonElement error : errors) {
        assertTrue(error.getAsJsonObject().get("maxUlp").getAsDouble() < 30, error.toString());
      }
    }
  }

  private static void assertPage(String page) {
    Document document = WellFormed.parse(page);
    assertTrue(page.length() < 4_000_000, "" + page.length());
    assertEquals(3 * Survey.values().size(), document.getElementsByTagName("svg").getLength());
    Set<String> ids = new HashSet<>();
    for (Element element : WellFormed.elements(document.getDocumentElement(), "*")) {
      String id = element.getAttribute("id");
      assertTrue(id.isEmpty() || ids.add(id), id);
    }
    for (Element link : WellFormed.elements(document.getDocumentElement(), "a")) {
      assertTrue(ids.contains(link.getAttribute("href").substring(1)), link.getAttribute("href"));
    }
    for (String outside : List.of("src=", "href=\"h", "url(h", "{errors}", "{rules}", "rgb(")) {
      assertFalse(page.contains(outside), outside);
    }
    // hardshrink jumps twice, so its exact curve is three.
    assertEquals(3, curves(page, "values of hardshrink"));
    assertEquals(3, curves(page, "derivative of hardshrink"));
    assertEquals(1, curves(page, "values of gelu"));
  }

  private static int curves(String page, String title) {
    String chart = page.substring(page.indexOf("<title>" + title + "</title>"));
    String exact = "<polyline style=\"fill:none;stroke:var(--curve-0)";
    return chart.substring(0, chart.indexOf("</svg>")).split(Pattern.quote(exact), -1).length - 1;
  }

  @Test
  void runsOneRuleAndSaysWhatItDoesNotKnow() {
    CommandRun run = CommandRun.of("conformance", "--backend", "pure", "--rule", "EW-7.max-nan");
    run.assertFine().assertPrinted("PASS EW-7.max-nan pure: passed: 1 rules");
    CommandRun.of("conformance", "--rule", "EW-7.nan-max").assertRefused("EW-7.nan-max", "spec.md");
    CommandRun.of("conformance", "--allow-unavailable", "cuda").assertRefused("cuda", "pure");
  }

  @Test
  void progressIsForTerminals() {
    String[] args = {"conformance", "--ci", "--backend", "pure", "--rule", "EW-7.max-nan"};
    System.setProperty(Progress.TERMINAL, "true");
    try {
      String err = CommandRun.of((Object[]) args).err();
      assertTrue(err.contains("[1/1] pure EW-7.max-nan"), err);
    } finally {
      System.clearProperty(Progress.TERMINAL);
    }
    CommandRun.of((Object[]) args).assertFine();
  }

  @Test
  void refusesAnUnknownBackendAndAReportFolderThatIsAFile() throws IOException {
    CommandRun.of("conformance", "--backend", "cuda").assertRefused("cuda", "pure");
    Path file = Files.createFile(folder.resolve("file"));
    CommandRun.of("conformance", "--backend", "pure", "--report", file).assertRefused("file");
    assertEquals(0, Files.size(file));
  }
}
