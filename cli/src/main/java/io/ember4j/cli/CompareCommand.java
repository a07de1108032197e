package io.ember4j.cli;

import io.ember4j.BackendException;
import io.ember4j.BackendInfo;
import io.ember4j.Backends;
import io.ember4j.activation.Activations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ember4j compare}: every activation on every backend over the same data. */
@Command(
    name = "compare",
    description = "Compare the backends over data: errors, times, and which one to choose.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Exit code 1 if a backend fails, or is further from the exact values than its bound allows."
    })
final class CompareCommand implements Callable<Integer> {
  private static final int ROUND_MILLIS = 60;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "A .npy or .csv file, taken as it is; default: the bundled digits.")
  private Path file;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description = "Only this backend; repeatable. Default: all that can run here.")
  private List<String> backends = new ArrayList<>();

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Only this activation; repeatable. Default: all.")
  private List<String> activations = new ArrayList<>();

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Override
  public Integer call() {
    List<String> names = activationNames();
    List<String> chosen = backendNames();
    CompareData data = file == null ? CompareData.bundled() : CompareData.of(file);
    Comparison comparison;
    try (var progress = new Progress(spec.commandLine().getErr(), quiet)) {
      var stopwatch = new Stopwatch(ROUND_MILLIS);
      comparison = Comparison.run(data, names, chosen, stopwatch, progress);
    }
    new ComparisonReport(comparison, spec.commandLine().getOut()).print();
    return comparison.isFine() ? ExitCode.FINE : ExitCode.DIFFERENCE;
  }

  private List<String> activationNames() {
    return activations.isEmpty()
        ? Activations.names()
        : activations.stream().map(name -> Workload.of(name, 2).name()).distinct().toList();
  }

  private List<String> backendNames() {
    if (backends.isEmpty()) {
      List<String> available = Backends.available().stream().map(BackendInfo::name).toList();
      if (available.isEmpty()) {
        throw new BackendException("no backend can run here; 'ember4j backends' says why");
      }
      return available;
    }
    return backends.stream().map(name -> Backends.get(name).name()).distinct().toList();
  }
}
