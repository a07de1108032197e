package io.ember4j.benchmarks;

import static java.util.Map.entry;

import io.ember4j.conformance.Sweep;
import io.ember4j.conformance.SweepFunction;
import io.ember4j.conformance.SweepInputs;
import io.ember4j.conformance.SweepState;
import io.ember4j.conformance.SweepSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Sweeps PyTorch's functions as {@code ember4j sweep} does those of a backend, into the same state
 * folder, for the column beside ours in docs/accuracy.md. A program of its own, since it loads
 * PyTorch.
 *
 * <p>Of the gradients, those are swept that PyTorch has a kernel for.
 */
final class TorchSweep {
  /** Those that are no activations. */
  private static final Map<String, TorchCall> FUNCTIONS =
      Map.ofEntries(
          entry("exp", TorchCall.of(t -> torch.exp(t.x()), null)),
          entry("log", TorchCall.of(t -> torch.log(t.x()), null)),
          entry("sqrt", TorchCall.of(t -> torch.sqrt(t.x()), null)),
          entry("abs", TorchCall.of(t -> torch.abs(t.x()), null)),
          entry("expm1", TorchCall.of(t -> torch.expm1(t.x()), null)),
          entry("log1p", TorchCall.of(t -> torch.log1p(t.x()), null)),
          entry("erf", TorchCall.of(t -> torch.erf(t.x()), null)),
          entry("erfc", TorchCall.of(t -> torch.erfc(t.x()), null)),
          entry("ndtr", TorchCall.of(t -> torch.special_ndtr(t.x()), null)));

  private TorchSweep() {}

  /** Takes the state folder and the stride. */
  public static void main(String[] arguments) {
    Libraries.prepare(List.of("pytorch"), 1);
    SweepInputs inputs = new SweepInputs(Integer.parseInt(arguments[1]));
    List<SweepFunction> functions =
        SweepFunction.values().stream().filter(f -> call(f) != null).toList();
    try (SweepState state = SweepState.open(Path.of(arguments[0]))) {
      Sweep.run(new PyTorch(), functions, inputs, 1, state, TorchSweep::print);
    }
  }

  private static void print(SweepFunction function, int done, int all, double share) {
    System.out.println("[" + done + "/" + all + "] " + function);
  }

  private static TorchCall call(SweepFunction function) {
    if (function.isGradient()) {
      return TorchGradients.CALLS.get(function.name());
    }
    return TorchValues.CALLS.getOrDefault(function.name(), FUNCTIONS.get(function.name()));
  }

  private static final class PyTorch implements SweepSubject {
    private final String name = "pytorch-" + version();

    /** Returns PyTorch's part of the version of its jar, such as 2.10.0 of 2.10.0-1.5.13. */
    private static String version() {
      try {
        return Loader.getVersion("org.bytedeco", "pytorch").replaceAll("-.*", "");
      } catch (IOException e) {
        throw new UncheckedIOException("cannot tell the version of PyTorch", e);
      }
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public float[] results(SweepFunction function, float[] x) {
      float[] ones = new float[x.length];
      Arrays.fill(ones, 1);
      TorchCall call = call(function);
      try (TorchOperands operands = TorchOperands.of(x, ones, call);
          Tensor result = call.fresh().apply(operands)) {
        return TorchOperands.read(result);
      }
    }
  }
}
