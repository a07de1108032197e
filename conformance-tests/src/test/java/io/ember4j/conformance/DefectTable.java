package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The generated part of docs/defects.md: each defect and the rules that caught it. */
final class DefectTable {
  private static final Path FILE =
      Path.of(System.getProperty("basedir", ""), "..", "docs", "defects.md");
  private static final String START = "<!-- generated: defects -->\n";
  private static final String END = "<!-- end -->";

  private DefectTable() {}

  /**
   * Prints what was caught, and compares it with the file, or writes it there if the build is asked
   * to.
   */
  static void compare(Map<Defect, List<String>> caught) throws IOException {
    caught.forEach(
        (defect, rules) ->
            System.out.println(defect.name() + ": caught by " + String.join(", ", rules)));
    String text = Files.readString(FILE, StandardCharsets.UTF_8).replace("\r\n", "\n");
    int from = text.indexOf(START) + START.length();
    int to = text.indexOf(END, from);
    String table = table(caught);
    if ("write".equals(System.getProperty(BackendConformance.REPORT))) {
      String written = text.substring(0, from) + table + text.substring(to);
      Files.writeString(FILE, written, StandardCharsets.UTF_8);
      return;
    }
    assertEquals(
        text.substring(from, to),
        table,
        "docs/defects.md differs from what was caught; if that is wanted, write it with -D"
            + BackendConformance.REPORT
            + "=write");
  }

  static String table(Map<Defect, List<String>> caught) {
    StringBuilder table = new StringBuilder();
    table.append(caught.size()).append(" of ").append(Defects.all().size()).append(" caught.\n\n");
    table.append("| family | defects that a rule of it catches |\n| --- | ---: |\n");
    Defects.families(caught)
        .forEach((family, count) -> table.append(row(family, Long.toString(count))));
    table.append("\n| defect | what is wrong | caught by |\n| --- | --- | --- |\n");
    caught.forEach(
        (defect, rules) -> {
          String ids = rules.stream().map(id -> "`" + id + "`").collect(Collectors.joining(", "));
          String description = defect.description().replace("|", "\\|");
          table.append(row("`" + defect.name() + "`", description, ids));
        });
    return table.toString();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
