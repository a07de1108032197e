package io.ember4j.cli;

import io.ember4j.BackendInfo;
import io.ember4j.Backends;
import io.ember4j.conformance.Conformance;
import io.ember4j.conformance.ConformanceReport;
import io.ember4j.conformance.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
      "breaks the rule. FIXED: it keeps a rule that it declares to break.",
      "",
      "The exit code is 1 on any FAIL or FIXED, if a backend declares to deviate from a rule that",
      "does not exist, if a backend cannot be loaded or run here (unless it is allowed to), or if no",
      "rule ran."
    })
final class ConformanceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description = "Only this backend; repeatable. Default: all that were found.")
  private List<String> backends = new ArrayList<>();

  @Option(
      names = "--rule",
      paramLabel = "ID",
      description = "Only this rule, such as EW-7.max-nan; repeatable. Default: all.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--allow-unavailable",
      paramLabel = "B",
      description = "Let this backend be unable to run here; repeatable. Default: none may.")
  private List<String> mayBeUnavailable = new ArrayList<>();

  @Option(
      names = "--ci",
      description = "Print a line for each backend, and under it all that is wrong, no more.")
  private boolean ci;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write into this folder the page index.html, with pictures; report.json; junit.xml; and"
              + " B.txt and B-measured.txt for each backend B.")
  private Path folder;

  @Override
  public Integer call() {
    List<String> names = backendNames();
    List<Rule> rules = rules();
    if (folder != null) {
      CurveChart.requireFonts("conformance --report");
      Folders.make(folder);
    }
    boolean isTerminal = Boolean.getBoolean(Progress.TERMINAL);
    ConformanceRun run;
    try (var progress = new Progress(spec.commandLine().getErr(), !isTerminal)) {
      run = run(names, rules, progress);
      if (folder != null) {
        new ConformanceFiles(folder, run).write(progress);
      }
    }
    return run.passed() ? ExitCode.FINE : ExitCode.DIFFERENCE;
  }

  private ConformanceRun run(List<String> names, List<Rule> rules, Progress progress) {
    var text = new ConformanceText(spec.commandLine().getOut(), ci);
    List<ConformanceRun.Of> done = new ArrayList<>();
    for (String name : names) {
      text.begin(name);
      Map<String, Double> seconds = new HashMap<>();
      long[] begun = {System.nanoTime()};
      ConformanceReport report =
          Conformance.run(
              name,
              rules,
              Set.copyOf(mayBeUnavailable),
              result -> {
                long now = System.nanoTime();
                double nanos = now - begun[0];
                seconds.put(result.rule().id(), nanos / TimeUnit.SECONDS.toNanos(1));
                begun[0] = now;
                text.finished(result);
                if (ci) { // else the rule has just been printed
                  int number = done.size() * rules.size() + seconds.size();
                  String what = name + " " + result.rule().id();
                  progress.step(number, names.size() * rules.size(), what);
                }
              });
      progress.close();
      text.end(report);
      done.add(new ConformanceRun.Of(info(report), report, seconds));
    }
    var run = new ConformanceRun(done, problems(done));
    text.end(run);
    return run;
  }

  private static BackendInfo info(ConformanceReport report) {
    if (report.unavailable().isEmpty()) {
      return Backends.get(report.backend()); // with its notes
    }
    return Backends.report().backends().stream()
        .filter(info -> info.name().equals(report.backend()))
        .findFirst()
        .orElseThrow();
  }

  private List<String> problems(List<ConformanceRun.Of> done) {
    List<String> problems = new ArrayList<>();
    if (backends.isEmpty()) {
      Backends.report().failures().forEach(f -> problems.add("could not be loaded: " + f));
    }
    if (done.stream().allMatch(of -> of.report().results().isEmpty())) {
      problems.add("no rule ran on any backend");
    }
    return problems;
  }

  /** In alphabetical order: jblas is to be tried before ND4J brings native libraries along. */
  private List<String> backendNames() {
    List<String> found =
        Backends.report().backends().stream().map(BackendInfo::name).sorted().toList();
    Set<String> named = new HashSet<>(backends);
    named.addAll(mayBeUnavailable);
    for (String name : named) {
      if (!found.contains(name)) {
        Backends.get(name); // throws, with what there is
      }
    }
    if (found.isEmpty()) {
      Backends.current(); // likewise
    }
    return backends.isEmpty() ? found : backends.stream().distinct().sorted().toList();
  }

  private List<Rule> rules() {
    List<Rule> all = Conformance.rules();
    for (String id : ids) {
      if (all.stream().noneMatch(rule -> rule.id().equals(id))) {
        throw new InputException(
            "--rule " + id, "there is no such rule", "take an id from docs/spec.md");
      }
    }
    return ids.isEmpty() ? all : all.stream().filter(rule -> ids.contains(rule.id())).toList();
  }
}
