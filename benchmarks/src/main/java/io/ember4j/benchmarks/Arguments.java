package io.ember4j.benchmarks;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the command was asked for.
 *
 * @param quick fewer activations, sizes and rounds
 * @param only measure only cells whose key has a match
 * @param forks processes for each cell
 * @param reportOnly measure nothing
 * @param folder where finished cells are kept
 * @param output the report
 */
record Arguments(
    boolean quick, Pattern only, int forks, boolean reportOnly, Path folder, Path output) {
  static final String USAGE =
      """
      usage: benchmarks/run [options]
        --quick          a third of the activations, three sizes, fewer rounds: a quarter of the cells
        --only REGEX     measure only cells whose name has a match, such as 'gelu .*size=1000000 '
        --forks N        processes for each cell (default 1)
        --report-only    measure nothing; write the report from what was measured before
        --results DIR    where finished cells are kept (default benchmarks/target/results)
        --output FILE    the report (default docs/benchmarks.md; with --quick or --only, DIR/report.md)
      """;

  static Optional<Arguments> parse(String... args) {
    boolean quick = false;
    boolean reportOnly = false;
    Pattern only = Pattern.compile("");
    int forks = 1;
    Path folder = Path.of("benchmarks", "target", "results");
    Path output = null;
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--quick" -> quick = true;
          case "--report-only" -> reportOnly = true;
          case "--only" -> only = Pattern.compile(args[++i]);
          case "--forks" -> forks = Integer.parseInt(args[++i]);
          case "--results" -> folder = Path.of(args[++i]);
          case "--output" -> output = Path.of(args[++i]);
          default -> {
            return Optional.empty();
          }
        }
      }
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException | PatternSyntaxException e) {
      return Optional.empty();
    }
    if (forks < 1) {
      return Optional.empty();
    }
    if (output == null) {
      boolean partial = quick || !only.pattern().isEmpty();
      output = partial ? folder.resolve("report.md") : Path.of("docs", "benchmarks.md");
    }
    return Optional.of(new Arguments(quick, only, forks, reportOnly, folder, output));
  }

  boolean wants(String key) {
    return only.matcher(key).find();
  }
}
