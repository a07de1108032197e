package io.ember4j.cli;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ember4j readme}: writes the generated tables of README.md anew; for contributors. */
@Command(
    name = "readme",
    hidden = true,
    description = "Write the generated tables of README.md anew.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ReadmeCommand implements Callable<Integer> {
  private static final int ROWS = 1000;
  private static final int COLUMNS = 100;

  @Parameters(index = "0", defaultValue = "README.md", description = "default: ${DEFAULT-VALUE}")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file, "no such file", "run it in the folder of README.md");
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    text = ReadmeTables.replace(text, "execution", ReadmeTables.execution());
    text = ReadmeTables.replace(text, "activations", ReadmeTables.activations(relativeCost()));
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return ExitCode.FINE;
  }

  /** The time of each activation on the embedded default, relative to that of relu. */
  private static Map<String, Double> relativeCost() {
    Map<String, Double> nanos = new LinkedHashMap<>();
    var stopwatch = new Stopwatch(200);
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (12.0 * i / values.length - 6);
    }
    try (BackendScope scope = Backends.use("pure");
        Tensor data = Tensor.of(values, ROWS, COLUMNS)) {
      // Twice, so that the first does not pay for what all share.
      for (String name : twice(ReadmeTables.catalogue())) {
        Workload workload = Workload.of(name, ROWS, COLUMNS);
        try (Tensor x = data.reshape(workload.shape())) {
          nanos.put(name, stopwatch.medianNanos(() -> workload.activation().apply(x).close()));
        }
      }
    }
    double relu = nanos.get("relu");
    nanos.replaceAll((name, time) -> time / relu);
    return nanos;
  }

  private static List<String> twice(List<String> names) {
    return Stream.concat(names.stream(), names.stream()).toList();
  }
}
