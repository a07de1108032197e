package io.ember4j.benchmarks;

import io.ember4j.Tensor;
import io.ember4j.conformance.SweepFunction;
import io.ember4j.conformance.SweepSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * Compares every activation, value and gradient, with a live PyTorch on a million inputs, and
 * writes where the two differ and who is right.
 *
 * <p>PyTorch's gradients are those of its autograd, as its users get them. A program of its own,
 * since it loads PyTorch.
 */
final class TorchComparison {
  private static final int HALF = 1 << 19;
  private static final int ROWS = 1024;
  private static final int COLUMNS = 1024;

  /** The unit of errors beside a zero of a derivative is at least that of 1/16. */
  private static final double SMALLEST_UNIT = Math.ulp(0x1p-4f);

  private static final String[] HEADER = {
    "function",
    "the same",
    "Ember4j nearer",
    "PyTorch nearer",
    "max ULP, Ember4j",
    "max ULP, PyTorch",
    "furthest apart at",
    "Ember4j",
    "PyTorch",
    "exact",
    "nearer there",
    "special cases: Ember4j, PyTorch"
  };

  private final SweepSubject ours = SweepSubject.of("pure");
  private final Markdown elementwise = new Markdown(HEADER);
  private final Markdown rows = new Markdown(HEADER);

  private TorchComparison() {}

  /** Takes the file to write, docs/pytorch.md by default. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "docs/pytorch.md");
    TorchComparison comparison = new TorchComparison();
    comparison.run();
    String page = comparison.page();
    System.out.println(page);
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void run() {
    float[] x = inputs();
    for (SweepFunction function : SweepFunction.values()) {
      TorchCall call = TorchValues.CALLS.get(function.name());
      if (call != null) {
        System.err.println(function);
        compare(function, call, x);
      }
    }
    for (TorchRows row : TorchRows.ALL) {
      System.err.println(row.activation().name());
      compare(row);
    }
  }

  /** Half of them evenly spaced among all bit patterns, half evenly from -20 to 20. */
  private static float[] inputs() {
    float[] x = new float[2 * HALF];
    for (int i = 0; i < HALF; i++) {
      float number = Float.intBitsToFloat((int) (i * (0x1p32 / HALF)) + 1);
      x[i] = Float.isNaN(number) ? 0 : number;
      x[HALF + i] = -20 + 40f * i / HALF;
    }
    float[] special = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, Float.MAX_VALUE
    };
    System.arraycopy(special, 0, x, 0, special.length);
    return x;
  }

  // ---- element by element

  private void compare(SweepFunction function, TorchCall call, float[] x) {
    float[] mine = ours.results(function, x);
    float[] ones = new float[x.length];
    Arrays.fill(ones, 1);
    float[] theirs = function.isGradient() ? gradient(call, x, ones) : value(call, x, ones);
    Disagreement found = new Disagreement(0);
    Disagreement nearZero = new Disagreement(SMALLEST_UNIT);
    for (int i = 0; i < x.length; i++) {
      boolean cancels = function.isGradient() && Math.abs(x[i]) < 2;
      (cancels ? nearZero : found).add(x[i], mine[i], theirs[i], function.exact(x[i]));
    }
    elementwise.row(found.with(nearZero).cells(function.toString()));
  }

  private static float[] value(TorchCall call, float[] x, float[] ones) {
    try (TorchOperands operands = TorchOperands.of(x, ones, call);
        org.bytedeco.pytorch.Tensor result = call.fresh().apply(operands)) {
      return TorchOperands.read(result);
    }
  }

  private static float[] gradient(TorchCall call, float[] x, float[] upstream) {
    return gradient(
        t -> call.fresh().apply(new TorchOperands(t, null, null, null, null)),
        x,
        upstream,
        x.length);
  }

  /** What autograd gives for the upstream; shapes are [rows, columns] or [columns]. */
  private static float[] gradient(
      UnaryOperator<org.bytedeco.pytorch.Tensor> function,
      float[] x,
      float[] upstream,
      long... shape) {
    try (org.bytedeco.pytorch.Tensor input = AbstractTensor.create(x, shape).requires_grad_(true);
        org.bytedeco.pytorch.Tensor result = function.apply(input);
        org.bytedeco.pytorch.Tensor u =
            AbstractTensor.create(upstream, result.sizes().vec().get())) {
      result.backward(u, new BoolOptional(), false, new TensorArrayRefOptional());
      return TorchOperands.read(input.mutable_grad());
    }
  }

  // ---- row by row

  private void compare(TorchRows row) {
    SplittableRandom random = new SplittableRandom(7);
    float[] x = new float[ROWS * COLUMNS];
    float[] upstream = new float[ROWS * COLUMNS];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (20 * random.nextDouble() - 10);
      upstream[i] = (float) (2 * random.nextDouble() - 1);
    }
    boolean halves = row.activation().name().equals("glu");
    int width = halves ? COLUMNS / 2 : COLUMNS;
    float[] u = Arrays.copyOf(upstream, ROWS * width);
    float[] value;
    float[] gradient;
    try (Tensor input = Tensor.of(x, ROWS, COLUMNS);
        Tensor up = Tensor.of(u, ROWS, width);
        Tensor y = row.activation().apply(input);
        Tensor g = row.activation().gradient(input, up)) {
      value = y.toFloatArray();
      gradient = g.toFloatArray();
    }
    float[] torchValue;
    try (org.bytedeco.pytorch.Tensor input = AbstractTensor.create(x, ROWS, COLUMNS);
        org.bytedeco.pytorch.Tensor y = row.theirs().apply(input)) {
      torchValue = TorchOperands.read(y);
    }
    float[] torchGradient = gradient(row.theirs(), x, u, ROWS, COLUMNS);
    Disagreement values = new Disagreement(0);
    Disagreement gradients = new Disagreement(0);
    for (int r = 0; r < ROWS; r++) {
      double[] in = doubles(x, r * COLUMNS, COLUMNS);
      double[] exact = row.value().of(in);
      double[] slope = row.gradient().of(in, doubles(u, r * width, width));
      double largest = Arrays.stream(slope).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < width; i++) {
        int at = r * width + i;
        values.add(in[i], value[at], torchValue[at], exact[i]);
      }
      Disagreement ofRow = new Disagreement(halves ? 0 : Math.ulp((float) largest));
      for (int i = 0; i < COLUMNS; i++) {
        int at = r * COLUMNS + i;
        ofRow.add(in[i], gradient[at], torchGradient[at], slope[i]);
      }
      gradients = gradients.with(ofRow);
    }
    rows.row(values.cells(row.activation().name()));
    rows.row(gradients.cells(row.activation().name() + "'"));
  }

  private static double[] doubles(float[] values, int from, int count) {
    double[] result = new double[count];
    for (int i = 0; i < count; i++) {
      result[i] = values[from + i];
    }
    return result;
  }

  // ---- the page

  private String page() {
    return """
        # Beside PyTorch %s

        Made by `mvn -B -Ppytorch verify -pl benchmarks -am -DskipTests`, which runs both libraries in one JVM. Every activation that
        both have, with default parameters, and its gradient (', for upstream 1), float32, on %,d inputs: half of them evenly
        spaced among all bit patterns, half evenly from -20 to 20. PyTorch's gradients are those of its autograd.

        "Nearer" is by the exact value: formulas in double precision, which the conformance kit verifies against its tables of 40
        digits. Errors are in ULP, the spacing of float32 numbers at the exact value; for gradients at |x| < 2, where some are 0, at
        least that of 1/16. Special cases, where one has a NaN or an infinity and the other a number, are in the last column;
        Ember4j's are what [spec.md](spec.md) says, and PyTorch's may be meant, such as a gradient at NaN that is a number.

        %s
        ## Row by row

        1024 rows of 1024 numbers from -10 to 10, and random upstreams. The unit of the gradients of softmax and its kin is that of
        the largest in the row, since their terms cancel.

        %s"""
        .formatted(version(), 2 * HALF, elementwise.write(), rows.write().stripTrailing() + "\n");
  }

  private static String version() {
    try {
      return Loader.getVersion("org.bytedeco", "pytorch").replaceAll("-.*", "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell the version of PyTorch", e);
    }
  }
}
