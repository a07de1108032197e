package io.ember4j.cli;

import io.ember4j.BackendInfo;
import io.ember4j.Backends;
import io.ember4j.conformance.Conformance;
import io.ember4j.conformance.ConformanceReport;
import io.ember4j.conformance.RuleResult;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ember4j conformance}: every rule of the specification on every backend. */
@Command(
    name = "conformance",
    description = "Run every rule of the specification on the backends.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "PASS: the backend keeps the rule. DEVIATES: it breaks the rule, as it declares. FAIL: it",
      "breaks the rule. FIXED: it keeps a rule that it declares to break. The exit code is 1 on any",
      "FAIL or FIXED, or if a backend cannot run."
    })
final class ConformanceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description = "Only this backend; repeatable. Default: all that were found.")
  private List<String> backends = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write B.txt and B-measured.txt for each backend B into this folder.")
  private Path folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<String> names = backendNames();
    if (folder != null) {
      Folders.make(folder);
    }
    List<ConformanceReport> reports = new ArrayList<>();
    for (String name : names) {
      out.println(name);
      ConformanceReport report = Conformance.run(name, result -> print(out, result));
      out.println();
      reports.add(report);
      if (folder != null) {
        write(folder.resolve(name + ".txt"), report.text());
        write(folder.resolve(name + "-measured.txt"), report.measuredText());
      }
    }
    reports.forEach(report -> summarise(out, report));
    out.flush();
    boolean passed = reports.stream().allMatch(ConformanceReport::passed);
    return passed ? ExitCode.FINE : ExitCode.DIFFERENCE;
  }

  /** In alphabetical order: jblas is to be tried before ND4J brings native libraries along. */
  private List<String> backendNames() {
    List<String> found =
        Backends.report().backends().stream().map(BackendInfo::name).sorted().toList();
    for (String name : backends) {
      if (!found.contains(name)) {
        Backends.get(name); // throws, with what there is
      }
    }
    if (found.isEmpty()) {
      Backends.current(); // likewise
    }
    return backends.isEmpty() ? found : backends.stream().distinct().sorted().toList();
  }

  private static void print(PrintWriter out, RuleResult result) {
    String deviation = result.deviation() == null ? "" : " " + result.deviation();
    String line = String.format("  %-8s  %s%s", result.outcome(), result.rule().id(), deviation);
    out.println(line.stripTrailing());
    String account = result.message().replace(result.rule().id() + ": ", "");
    for (String text : account.lines().toList()) {
      TextTable.wrap(text, 12, 14).forEach(out::println);
    }
    out.flush();
  }

  private static void summarise(PrintWriter out, ConformanceReport report) {
    if (!report.unavailable().isEmpty()) {
      String verdict = report.allowedUnavailable() ? "not run" : "FAILED";
      TextTable.wrap(report.backend() + ": " + verdict + ": " + report.unavailable(), 0, 2)
          .forEach(out::println);
    } else {
      long failed = report.results().stream().filter(RuleResult::isFailure).count();
      out.printf(
          "%s: %s: %d rules, %d pass, %d deviate as declared, %d fail%n",
          report.backend(),
          report.passed() ? "passed" : "FAILED",
          report.results().size(),
          report.count(RuleResult.Outcome.PASS),
          report.count(RuleResult.Outcome.DEVIATES),
          failed);
    }
    for (String problem : report.problems()) {
      TextTable.wrap("! " + problem, 2, 4).forEach(out::println);
    }
  }

  private static void write(Path file, String text) {
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
