package io.ember4j.cli;

import io.ember4j.conformance.Sweep;
import io.ember4j.conformance.SweepException;
import io.ember4j.conformance.SweepFunction;
import io.ember4j.conformance.SweepInputs;
import io.ember4j.conformance.SweepProgress;
import io.ember4j.conformance.SweepState;
import io.ember4j.conformance.SweepSubject;
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

/** {@code ember4j sweep}: the errors of every elementwise function over all float32 inputs. */
@Command(
    name = "sweep",
    description = "Measure every elementwise function over all 2^32 float32 inputs, or a sample.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "It takes minutes to half an hour for a function and core, the cheapest first. Stopped by",
      "Ctrl-C and started again with the same --state, it goes on where it was. Its threads are as",
      "many as processors; EMBER4J_JAVA_OPTS=-Dember4j.threads=1 sets another number.",
      "",
      "The exit code is 1 if an error is beyond the bound, or NaN, an infinity or the sign of a zero",
      "is not as specified."
    })
final class SweepCommand implements Callable<Integer> {
  private static final String THREADS = "ember4j.threads";

  @Spec private CommandSpec spec;

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description =
          "Only this function, such as gelu, or this gradient, such as gelu'; repeatable."
              + " Default: all functions and gradients.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--gradient", description = "Only gradients: of the functions named, or all.")
  private boolean gradient;

  @Option(names = "--backend", paramLabel = "B", description = "The backend. Default: pure.")
  private String backend = "pure";

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "Take every N-th bit pattern, N odd. Default: 1, all.")
  private int stride = 1;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Keep what is done in this folder, and go on from what it holds.")
  private Path folder;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a table of all that the state holds, of every backend, as Markdown.")
  private Path report;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Override
  public Integer call() {
    List<SweepFunction> functions = functions();
    SweepInputs inputs = new SweepInputs(stride);
    int threads = threads(System.getProperty(THREADS));
    SweepSubject subject = SweepSubject.of(backend);
    if (report != null) {
      WholeFile.requireTarget(report);
    }
    List<SweepProgress> done;
    List<SweepProgress> known;
    try (SweepState state = folder == null ? null : SweepState.open(folder)) {
      if (state != null) {
        state.all(); // refuses what is corrupt before any work
      }
      try (Progress progress = new Progress(spec.commandLine().getErr(), quiet)) {
        done = Sweep.run(subject, functions, inputs, threads, state, new RemainingTime(progress));
      }
      known = state == null ? done : state.all();
    }
    boolean fine = print(done);
    if (report != null) {
      String text = new SweepReport(known).text();
      WholeFile.write(report, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
    return fine ? ExitCode.FINE : ExitCode.DIFFERENCE;
  }

  private List<SweepFunction> functions() {
    List<SweepFunction> all = SweepFunction.values();
    for (String name : names) {
      if (all.stream().noneMatch(f -> f.toString().equals(name))) {
        List<String> known = all.stream().map(SweepFunction::name).distinct().sorted().toList();
        throw new SweepException(
            "no function "
                + InputException.quote(name)
                + "; there are "
                + String.join(", ", known)
                + ", and their gradients with a ' after the name");
      }
    }
    return all.stream().filter(this::isChosen).toList();
  }

  private boolean isChosen(SweepFunction function) {
    boolean named =
        names.isEmpty()
            || names.contains(function.toString())
            || (gradient && names.contains(function.name()));
    return named && (!gradient || function.isGradient());
  }

  /** Returns the number of threads that the property asks for, else the processors. */
  static int threads(String property) {
    if (property == null || property.isBlank()) {
      return Runtime.getRuntime().availableProcessors();
    }
    String text = property.strip();
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new SweepException(
          "system property " + THREADS + " is " + property + "; use a whole number of 1 to 9999");
    }
    return Integer.parseInt(text);
  }

  /** Prints a line for each sweep, and returns whether all kept their bounds. */
  private boolean print(List<SweepProgress> done) {
    PrintWriter out = spec.commandLine().getOut();
    TextTable table =
        new TextTable(
            "function", ">inputs", ">max ULP", ">at", ">RMS", ">correctly rounded", ">bound", "");
    boolean fine = true;
    for (SweepProgress progress : done) {
      SweepRow row = SweepRow.of(progress);
      boolean within = progress.tally().isWithin(row.bound());
      fine &= within;
      table.row(
          progress.function().toString(),
          row.inputs(),
          row.worst(),
          row.at(),
          row.rms(),
          row.correct(),
          SweepRow.ulps(row.bound()),
          within ? "" : "FAIL" + row.difference());
    }
    table.print(out);
    out.flush();
    return fine;
  }
}
