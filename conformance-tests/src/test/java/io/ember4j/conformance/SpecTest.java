package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/spec.md says what the code checks: its rules are those of the code, sentence for sentence,
 * its special values those of the reference tables, its bounds those of bounds.txt.
 *
 * <p>With {@code -Dconformance.report=write} the tables of the page are written anew.
 */
class SpecTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "spec.md");

  /** The sections of which every sentence obliges a backend. */
  private static final Set<String> OBLIGING =
      Set.of("## Numbers", "## Special values", "## Bounds");

  @Test
  void hasTheRulesOfTheCode() throws IOException {
    writeOrCompareRules();
  }

  @Test
  void hasTheBoundsOfTheKit() throws IOException {
    compare("bounds", bounds());
  }

  @Test
  void hasTheSpecialValuesOfTheTables() throws IOException {
    compare("special values", specialValues());
  }

  @Test
  void namesNoRuleThatTheCodeLacks() throws IOException {
    writeOrCompareRules();
    TreeSet<String> inCode =
        Conformance.rules().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
    Matcher ids =
        Pattern.compile("\\b[A-Z]{2}-[0-9]+\\.[a-z0-9-]+")
            .matcher(Files.readString(PAGE, StandardCharsets.UTF_8));
    TreeSet<String> onPage = new TreeSet<>();
    while (ids.find()) {
      onPage.add(ids.group());
    }
    assertEquals(inCode, onPage);
  }

  /**
   * What the page asks for outside its tables names the rules that check it: every paragraph on
   * numbers, special values and bounds, and every other one that says "must".
   */
  @Test
  void everyObligationNamesItsRules() throws IOException {
    Pattern id = Pattern.compile("\\b[A-Z]{2}-[0-9]+\\b");
    TreeSet<String> inCode =
        Conformance.rules().stream()
            .map(rule -> rule.id().substring(0, rule.id().indexOf('.')))
            .collect(Collectors.toCollection(TreeSet::new));
    String section = "";
    for (String paragraph : paragraphs()) {
      if (paragraph.startsWith("#")) {
        section = paragraph;
        continue;
      }
      List<String> named = id.matcher(paragraph).results().map(MatchResult::group).toList();
      assertTrue(inCode.containsAll(named), "no such rules: " + paragraph);
      boolean obliges =
          OBLIGING.contains(section) || Pattern.compile("\\bmust\\b").matcher(paragraph).find();
      assertTrue(!obliges || !named.isEmpty(), "names no rule: " + paragraph);
    }
  }

  /** Returns headings, paragraphs and items of lists; a formula or table belongs to its lead-in. */
  private static List<String> paragraphs() throws IOException {
    String prose =
        Files.readString(PAGE, StandardCharsets.UTF_8)
            .replace("\r\n", "\n")
            .replaceAll("(?s)<!-- begin .*?<!-- end [^>]*>", "")
            .replaceAll("(?m)^\\|.*\n", "")
            .replaceAll("\n\n+ {4}([^\n]*)\n\n", "\n$1\n");
    return Pattern.compile("\n\n+|\n(?=- )").splitAsStream(prose).map(String::strip).toList();
  }

  /** Every activation has a bound for each table, and every bound belongs to a table. */
  @Test
  void everyTableHasABound() {
    for (ActivationCase activation : ActivationCase.ALL) {
      for (String table : activation.tables()) {
        if (!table.startsWith("softmax.")) {
          assertTrue(Bounds.isKnown(table), table);
        }
      }
    }
    for (String function : Bounds.names()) {
      assertNotNull(TableFile.load(function, DType.FLOAT32), function);
    }
  }

  private static void compare(String section, String expected) throws IOException {
    String page = Files.readString(PAGE, StandardCharsets.UTF_8).replace("\r\n", "\n");
    String begin = "<!-- begin " + section + " -->\n";
    String end = "<!-- end " + section + " -->";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    assertTrue(from >= begin.length() && to >= from, "no section " + section + " in " + PAGE);
    if ("write".equals(System.getProperty(BackendConformance.REPORT))) {
      Files.writeString(
          PAGE, page.substring(0, from) + expected + page.substring(to), StandardCharsets.UTF_8);
      return;
    }
    assertEquals(
        expected,
        page.substring(from, to),
        "docs/spec.md, section " + section + "; write it with -Dconformance.report=write");
  }

  /** Each family has a section of its own, with a sentence or two that people write. */
  private static void writeOrCompareRules() throws IOException {
    Map<String, List<Rule>> families =
        Conformance.rules().stream()
            .sorted((a, b) -> ConformanceReport.compareIds(a.id(), b.id()))
            .collect(
                Collectors.groupingBy(
                    rule -> rule.id().substring(0, 2), TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<Rule>> family : families.entrySet()) {
      compare(family.getKey(), rules(family.getValue()));
    }
  }

  private static String rules(List<Rule> rules) {
    StringBuilder text = new StringBuilder("\n| id | rule |\n|---|---|\n");
    for (Rule rule : rules) {
      String statement = rule.statement().replace("|", "\\|").replace("<", "&lt;");
      text.append("| ").append(rule.id()).append(" | ").append(statement).append(" |\n");
    }
    return text.append('\n').toString();
  }

  private static String bounds() {
    StringBuilder text =
        new StringBuilder(
            """

            | function | float32 | float64 | composed float32 | composed float64 | what limits the composed form |
            |---|---|---|---|---|---|
            """);
    Bounds.rows()
        .forEach(
            (name, row) ->
                text.append(
                    "| %s | %s | %s | %s | %s | %s |\n"
                        .formatted(
                            name,
                            number(row.float32()),
                            number(row.float64()),
                            number(row.composed32()),
                            number(row.composed64()),
                            row.reason())));
    return text.append('\n').toString();
  }

  private static String number(double bound) {
    return Double.isNaN(bound) ? "-" : Findings.ulps(bound);
  }

  private static String specialValues() {
    List<String> names = new ArrayList<>(List.of("exp", "log", "tanh", "sqrt", "abs"));
    names.addAll(List.of("expm1", "log1p", "erf", "erfc", "ndtr"));
    ActivationCase.ELEMENTWISE.forEach(c -> names.addAll(c.tables()));
    StringBuilder text =
        new StringBuilder("\n| function | NaN | +inf | -inf | +0 | -0 | kinks |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (String name : names.stream().distinct().toList()) {
      ReferenceTable table = ReferenceTable.get(name, DType.FLOAT64);
      text.append("| ").append(name);
      for (int i = 0; i < 5; i++) {
        text.append(" | ").append(value(table.y()[i]));
      }
      List<String> kinks = new ArrayList<>();
      for (double kink : ActivationRules.kinks(table)) {
        for (int i = 0; i < table.size(); i++) {
          if (table.x()[i] == kink) {
            kinks.add(plain(kink) + ": " + value(table.y()[i]));
          }
        }
      }
      text.append(" | ").append(String.join(", ", kinks)).append(" |\n");
    }
    return text.append('\n').toString();
  }

  private static String value(Exact exact) {
    return (exact.isRepresentable() ? "" : "about ") + plain(exact.nearest());
  }

  private static String plain(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    String text = Double.toString((double) Math.round(value * 1e6) / 1e6).replaceFirst("\\.0$", "");
    return value == 0 ? (Ulp.sameBits(value, -0.0) ? "-0" : "0") : text;
  }
}
