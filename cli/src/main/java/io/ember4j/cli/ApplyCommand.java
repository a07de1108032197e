package io.ember4j.cli;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ember4j apply}: one activation over the numbers of a file. */
@Command(
    name = "apply",
    description = "Apply an activation to the numbers of a file.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Reads and writes .npy (little-endian float32 or float64, C order) or .csv (float32).",
      "The output keeps shape and dtype (glu halves its dim), and appears whole or not at all.",
      "A gradient always has the input's shape.",
      "",
      "Examples:",
      "  ember4j apply gelu --param approximate=tanh in.npy out.npy",
      "  ember4j apply softmax --backend nd4j --param dim=0 in.csv out.csv",
      "  ember4j apply gelu --gradient in.npy out.npy"
    })
final class ApplyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The activation, such as gelu.")
  private String name;

  @Parameters(index = "1", paramLabel = "IN", description = "The file to read, .npy or .csv.")
  private Path in;

  @Parameters(index = "2", paramLabel = "OUT", description = "The file to write, of the same kind.")
  private Path out;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description = "Who computes; default: the current one (see 'ember4j backends').")
  private String backend;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter by its PyTorch name; repeatable.")
  private List<String> parameters = new ArrayList<>();

  @Option(
      names = "--gradient",
      description =
          "Write the gradient at the numbers instead, for an upstream gradient of 1 everywhere.")
  private boolean gradient;

  @Override
  public Integer call() {
    Activation activation = Activations.get(name, ParameterArguments.parse(parameters));
    ArrayFiles.requireOutput(in, out);
    NumericArray data = ArrayFiles.read(in);
    try (BackendScope scope = backend == null ? Backends.pin() : Backends.use(backend);
        Tensor x = Tensors.of(data);
        Tensor y = gradient ? gradient(activation, x) : activation.apply(x)) {
      ArrayFiles.write(out, Tensors.download(y));
    }
    return ExitCode.FINE;
  }

  /** The value is computed for its shape, which glu halves. */
  private static Tensor gradient(Activation activation, Tensor x) {
    try (Tensor value = activation.apply(x);
        Tensor ones = Tensor.full(1, value.dtype(), value.shape().toArray())) {
      return activation.gradient(x, ones);
    }
  }
}
