package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.ember4j.BackendInfo;
import io.ember4j.DType;
import io.ember4j.conformance.Conformance;
import io.ember4j.conformance.ConformanceReport;
import io.ember4j.conformance.Failure;
import io.ember4j.conformance.Measurement;
import io.ember4j.conformance.Rule;
import io.ember4j.conformance.RuleResult;
import io.ember4j.spi.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The files of a run in which every outcome occurs. */
class ConformanceFilesTest {
  private static final Rule GOOD = new Rule("EW-1.good", "All < is well.", "nothing", s -> {});
  private static final Rule BAD = new Rule("AC-9.gelu-bad", "It holds.", "gelu", s -> {});
  private static final String MESSAGE = "2 < 3 & \"4\" ]]> \u0007\n  look at: <gelu>";

  private static final ConformanceRun RUN =
      new ConformanceRun(
          List.of(
              of("alpha", "", result(GOOD, RuleResult.Outcome.PASS, ""), fails(MESSAGE)),
              of(
                  "beta",
                  "",
                  result(GOOD, RuleResult.Outcome.FIXED, "remove it"),
                  result(BAD, RuleResult.Outcome.DEVIATES, "it is <old>")),
              of("gamma", "no libgamma")),
          List.of("provider delta is broken"));

  private static RuleResult fails(String message) {
    return result(BAD, RuleResult.Outcome.FAIL, message);
  }

  private static RuleResult result(Rule rule, RuleResult.Outcome outcome, String message) {
    return new RuleResult(rule, outcome, message, null, Failure.of(message));
  }

  private static ConformanceRun.Of of(String name, String unavailable, RuleResult... results) {
    return new ConformanceRun.Of(
        new BackendInfo(name, name + " 1.0", 1, "P", Availability.yes(), List.of("A <note>.")),
        new ConformanceReport(
            name,
            unavailable,
            !unavailable.isEmpty(),
            List.of(results),
            name.equals("beta") ? List.of("there is no such rule") : List.of(),
            List.of(),
            List.of(new Measurement("gelu", DType.FLOAT32, Double.POSITIVE_INFINITY, 4, "x = 1"))),
        Map.of("EW-1.good", 0.25, "AC-9.gelu-bad", 1.5));
  }

  @Test
  void junitXmlHasASuiteForEachBackendAndACaseForEachRule() {
    Element root = WellFormed.parse(new JunitXml(RUN).text()).getDocumentElement();
    List<Element> suites = WellFormed.elements(root, "testsuite");
    assertEquals(
        List.of("alpha 2 1 0", "beta 3 2 1", "gamma 1 0 1", "ember4j 1 1 0"),
        suites.stream()
            .map(
                s ->
                    "%s %s %s %s"
                        .formatted(
                            s.getAttribute("name"),
                            s.getAttribute("tests"),
                            s.getAttribute("failures"),
                            s.getAttribute("skipped")))
            .toList());
    for (Element suite : suites) {
      assertCount(suite, "tests", "testcase");
      assertCount(suite, "failures", "failure");
      assertCount(suite, "skipped", "skipped");
    }
    Element bad = WellFormed.elements(suites.get(0), "testcase").get(1);
    assertEquals("AC-9.gelu-bad", bad.getAttribute("name"));
    assertEquals("conformance.alpha", bad.getAttribute("classname"));
    assertEquals("1.500", bad.getAttribute("time"));
    assertEquals(MESSAGE.replace('\u0007', '\uFFFD'), bad.getTextContent());
    assertEquals("1.750", suites.get(0).getAttribute("time"));
  }

  private static void assertCount(Element suite, String attribute, String element) {
    assertEquals(
        suite.getAttribute(attribute),
        Integer.toString(WellFormed.elements(suite, element).size()),
        suite.getAttribute("name"));
  }

  @Test
  void jsonHoldsEverything() {
    String text = new ConformanceJson(RUN, List.of(), Fact.all()).text();
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    assertFalse(json.get("passed").getAsBoolean());
    assertEquals("provider delta is broken", json.getAsJsonArray("problems").get(0).getAsString());
    assertEquals(
        Runtime.version().feature(),
        Integer.parseInt(
            json.getAsJsonObject("machine").get("java").getAsString().split("[^0-9]", 2)[0]));
    JsonObject alpha = json.getAsJsonArray("backends").get(0).getAsJsonObject();
    assertEquals("alpha 1.0", alpha.get("version").getAsString());
    assertEquals(1, alpha.getAsJsonObject("counts").get("fail").getAsInt());
    JsonObject bad = alpha.getAsJsonArray("rules").get(1).getAsJsonObject();
    assertEquals("fail", bad.get("outcome").getAsString());
    assertEquals(MESSAGE, bad.get("message").getAsString());
    JsonObject measured = alpha.getAsJsonArray("measurements").get(0).getAsJsonObject();
    assertEquals("Infinity", measured.get("ulp").getAsString());
    assertEquals(4, measured.get("bound").getAsDouble());
    JsonObject gamma = json.getAsJsonArray("backends").get(2).getAsJsonObject();
    assertEquals("no libgamma", gamma.get("unavailable").getAsString());
  }

  @Test
  void thePageTellsFailuresFirst() {
    String page = new ConformancePage(RUN, List.of(), Fact.all()).text();
    Element body = WellFormed.parse(page).getDocumentElement();
    List<String> exceptions =
        WellFormed.elements(body, "li").stream()
            .map(li -> li.getTextContent().lines().findFirst().orElseThrow())
            .toList();
    assertEquals(6, exceptions.size(), exceptions.toString());
    assertEquals("fails the runprovider delta is broken", exceptions.get(0));
    assertTrue(exceptions.get(3).startsWith("fails alpha, AC-9.gelu-bad"), exceptions.get(3));
    assertTrue(exceptions.get(5).startsWith("deviates beta, AC-9"), exceptions.get(5));
    List<String> rows =
        WellFormed.elements(body, "tr").stream()
            .filter(row -> row.hasAttribute("data-outcomes"))
            .map(row -> row.getAttribute("data-outcomes"))
            .toList();
    assertEquals(List.of("pass fails absent", "fails deviates absent"), rows);
    assertTrue(page.contains("<h1>Ember4j conformance: <span class=\"fails\">failed</span>"));
  }

  @Test
  void thePageNamesTheFamiliesAsTheSpecificationDoes() throws IOException {
    String spec = Files.readString(Path.of("..", "docs", "spec.md"));
    for (Rule rule : Conformance.rules()) {
      String family = rule.id().substring(0, 2);
      String heading = "### " + family + ": " + RuleTables.FAMILIES.get(family) + "\n";
      assertTrue(spec.contains(heading), heading);
    }
  }
}
