package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** TP-6: gradients of what works on whole slices. */
final class TapeSoftmaxRules {
  private static final List<String> TABLES =
      List.of(
          "softmax.derivative",
          "softmax.temperature=0.5.derivative",
          "softmax.temperature=2.derivative",
          "log_softmax.derivative",
          "softmin.derivative");
  private static final List<long[]> SHAPES =
      List.of(new long[] {6}, new long[] {4, 34}, new long[] {2, 6, 4}, new long[] {2, 4, 6, 2});
  private static final String LOOK_AT =
      "SUM of the weighted upstream along the axis, and SELECT where the result is 0";

  private TapeSoftmaxRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-6.softmax-exact",
            "The gradients of softmax, also with a temperature, log_softmax and softmin are within"
                + " half a ULP and the running error of the exact ones; that error starts at the bound"
                + " of the results; an exponent of -infinity beside others has its limit.",
            LOOK_AT,
            TapeSoftmaxRules::tables),
        new Rule(
            "TP-6.glu-exact",
            "The gradients of both halves of glu are within 8 ULP of the exact ones.",
            "the functions sigmoid and sigmoid_derivative",
            subject -> glu()),
        new Rule(
            "TP-6.axes",
            "Along any axis of rank 1 to 4, softmax, log_softmax, softmin and glu have the gradients of"
                + " their slices.",
            LOOK_AT,
            TapeSoftmaxRules::axes),
        new Rule(
            "TP-6.masked",
            "What the mask of softmax leaves out has gradient 0, also in a slice that is masked whole;"
                + " the rest has the gradient of a softmax without it.",
            LOOK_AT,
            TapeSoftmaxRules::masked));
  }

  static void tables(Subject subject) {
    for (String name : TABLES) {
      for (DType dtype : DType.values()) {
        TableFile file = TableFile.load(name, dtype);
        Map<String, Object> parameters = ReferenceTable.values(file.parameters());
        double temperature = (Double) parameters.getOrDefault("temperature", 1.0);
        Activation function = Activations.get(file.function(), parameters);
        double bound = subject.ulpBound(file.function(), dtype);
        // Rows of one length go together, as the rows of a matrix.
        rows(file).stream()
            .collect(Collectors.groupingBy(row -> row.x().length))
            .values()
            .forEach(rows -> compare(name, dtype, function, temperature, bound, rows));
      }
    }
  }

  /** A row of a table of gradients. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(int line, double[] x, double[] upstream, Exact[] gradient) {}

  private static List<Row> rows(TableFile file) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < file.lines().size(); i++) {
      int line = file.firstLine() + i;
      String[] parts = file.lines().get(i).split(" \\| ", -1);
      if (parts.length != 3) {
        throw file.error(line, "expected x1 x2 ... | u1 u2 ... | g1 g2 ...", null);
      }
      double[] x = file.inputs(parts[0], " ", line);
      double[] upstream = file.inputs(parts[1], " ", line);
      rows.add(new Row(line, x, upstream, file.outputs(parts[2], " ", line)));
    }
    return rows;
  }

  private static void compare(
      String table,
      DType dtype,
      Activation function,
      double temperature,
      double bound,
      List<Row> rows) {
    int n = rows.get(0).x().length;
    double[] x = rows.stream().map(Row::x).flatMapToDouble(Arrays::stream).toArray();
    double[] upstream = rows.stream().map(Row::upstream).flatMapToDouble(Arrays::stream).toArray();
    try (Tensor tensor = Checks.tensor(dtype, x, rows.size(), n)) {
      Taped taped = Taped.of((d, size) -> upstream, t -> function.apply(t[0]), tensor);
      double[] actual = taped.gradients().get(0);
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        Findings findings = new Findings(table + ", line " + row.line(), dtype, n);
        Rounded[] u = Rounded.of(row.upstream());
        Rounded[] formula = gradient(function.name(), row.x(), temperature, bound, u);
        // What is below the smallest number may be lost in each result and each product.
        double magnitudes = 1 + Arrays.stream(row.upstream()).map(Math::abs).sum();
        double lost = 4 * magnitudes * Ulp.smallest(dtype);
        for (int j = 0; j < n; j++) {
          Exact exact = row.gradient()[j];
          double most = Naive.unit(dtype) * formula[j].error() + lost;
          double allowed = 0.5 + most / exact.spacing();
          findings.near(j, "element " + j, exact, actual[i * n + j], allowed);
        }
        findings.check();
      }
    }
  }

  /** Returns the gradient of a slice of softmax, log_softmax or softmin. */
  private static Rounded[] gradient(
      String name, double[] x, double temperature, double bound, Rounded... upstream) {
    if (!name.equals("softmin")) {
      boolean logarithm = name.equals("log_softmax");
      return new NaiveSoftmax(x, temperature, logarithm, bound).gradient(upstream);
    }
    double[] negated = Arrays.stream(x).map(v -> -v).toArray();
    Rounded[] gradient = new NaiveSoftmax(negated, 1, false, bound).gradient(upstream);
    return Arrays.stream(gradient).map(Rounded::negate).toArray(Rounded[]::new);
  }

  private static void glu() {
    for (DType dtype : DType.values()) {
      TableFile file = TableFile.load("glu.derivative", dtype);
      int n = file.lines().size();
      double[] x = new double[2 * n];
      Exact[] exact = new Exact[2 * n];
      for (int i = 0; i < n; i++) {
        String[] parts = file.lines().get(i).split(" \\| ", -1);
        double[] halves = file.inputs(parts[0], " ", file.firstLine() + i);
        Exact[] gradients = file.outputs(parts[1], " ", file.firstLine() + i);
        for (int half = 0; half < 2; half++) {
          x[half * n + i] = halves[half];
          exact[half * n + i] = gradients[half];
        }
      }
      try (Tensor tensor = Checks.tensor(dtype, x, 2L * n)) {
        Taped.Upstream ones = (d, size) -> Naive.count(size, 1, 0);
        double[] actual = Taped.of(ones, t -> Activations.glu(t[0]), tensor).gradients().get(0);
        Findings findings = new Findings("gradient of glu", dtype, 2 * n);
        for (int i = 0; i < 2 * n; i++) {
          String input = "a = " + x[i % n] + ", b = " + x[n + i % n];
          // A gate below the smallest normal number is off by units of its own.
          double gate =
              Math.max(
                  1, i < n ? 1 : Math.abs(x[i - n]) * Ulp.smallest(dtype) / exact[i].spacing());
          findings.near(i, input, exact[i], actual[i], 8 * gate);
        }
        findings.check();
      }
    }
  }

  private static void axes(Subject subject) {
    for (DType dtype : DType.values()) {
      for (String name : List.of("softmax", "log_softmax", "softmin", "glu")) {
        double bound = name.equals("glu") ? 4 : subject.ulpBound(name, dtype);
        for (long[] shape : SHAPES) {
          double[] x = Data.spread(dtype, Naive.size(shape), -4, 4, 71);
          for (int axis = 0; axis < shape.length; axis++) {
            int dim = axis % 2 == 0 ? axis : axis - shape.length;
            Activation function = Activations.get(name, Map.of("dim", dim));
            try (Tensor tensor = Checks.tensor(dtype, x, shape)) {
              Taped taped = Taped.of(Taped.Upstream.RANDOM, t -> function.apply(t[0]), tensor);
              Rounded[] expected = alongAxis(name, x, shape, axis, bound, taped);
              String what = "gradient of " + name + " along axis " + dim;
              Rounded.check(what, dtype, shape, expected, taped.gradients().get(0));
            }
          }
        }
      }
    }
  }

  private static Rounded[] alongAxis(
      String name, double[] x, long[] shape, int axis, double bound, Taped taped) {
    int n = (int) shape[axis];
    int inner = Naive.size(Arrays.copyOfRange(shape, axis + 1, shape.length));
    int results = name.equals("glu") ? n / 2 : n;
    Rounded[] expected = new Rounded[x.length];
    for (int slice = 0; slice < x.length / n; slice++) {
      int first = slice / inner * n * inner + slice % inner;
      int start = slice / inner * results * inner + slice % inner;
      double[] values = new double[n];
      Rounded[] upstream = new Rounded[results];
      for (int k = 0; k < n; k++) {
        values[k] = x[first + k * inner];
        if (k < results) {
          upstream[k] = Rounded.of(taped.upstream()[start + k * inner]);
        }
      }
      Rounded[] gradient =
          name.equals("glu")
              ? gluGradient(values, bound, upstream)
              : gradient(name, values, 1, bound, upstream);
      for (int k = 0; k < n; k++) {
        expected[first + k * inner] = gradient[k];
      }
    }
    return expected;
  }

  private static Rounded[] gluGradient(double[] x, double bound, Rounded... upstream) {
    int half = x.length / 2;
    Rounded[] gradient = new Rounded[x.length];
    for (int i = 0; i < half; i++) {
      double b = x[half + i];
      double gate = 1 / (1 + Math.exp(-b));
      double slope = gate / (1 + Math.exp(b));
      Rounded a = Rounded.of(x[i]);
      gradient[i] = upstream[i].times(new Rounded(gate, 2 * bound * gate));
      gradient[half + i] = upstream[i].times(a).times(new Rounded(slope, 2 * bound * slope));
    }
    return gradient;
  }

  private static void masked(Subject subject) {
    long[] shape = {4, 5};
    double[] mask = {1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0};
    for (DType dtype : DType.values()) {
      double[] x = Data.spread(dtype, 20, -4, 4, 72);
      double bound = subject.ulpBound("softmax", dtype);
      try (Tensor tensor = Checks.tensor(dtype, x, shape);
          Tensor kept = Checks.tensor(dtype, mask, shape)) {
        UnaryOperator<Tensor> function = t -> Activations.softmax(t, 1, kept);
        Taped taped = Taped.of(Taped.Upstream.RANDOM, t -> function.apply(t[0]), tensor);
        Rounded[] expected = new Rounded[20];
        Arrays.fill(expected, Rounded.of(0));
        for (int row = 0; row < 4; row++) {
          int from = 5 * row;
          int[] places =
              java.util.stream.IntStream.range(from, from + 5).filter(i -> mask[i] != 0).toArray();
          double[] rest = Arrays.stream(places).mapToDouble(i -> x[i]).toArray();
          double[] upstream = Arrays.stream(places).mapToDouble(i -> taped.upstream()[i]).toArray();
          Rounded[] gradient =
              new NaiveSoftmax(rest, 1, false, bound).gradient(Rounded.of(upstream));
          for (int i = 0; i < places.length; i++) {
            expected[places[i]] = gradient[i];
          }
        }
        Rounded.check("masked softmax", dtype, shape, expected, taped.gradients().get(0));
      }
    }
  }
}
