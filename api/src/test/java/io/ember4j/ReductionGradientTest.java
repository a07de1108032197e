package io.ember4j;

import static io.ember4j.naive.GradientCheck.check;
import static io.ember4j.naive.GradientCheck.mixed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.naive.GradientCheck.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradients of reductions and of the softmax family. */
class ReductionGradientTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private interface Reducer {
    Tensor apply(Tensor x, boolean keepDims, int... axes);
  }

  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Reducer reducer(String name) {
    return switch (name) {
      case "sum" -> Ops::sum;
      case "mean" -> Ops::mean;
      case "max" -> Ops::max;
      case "min" -> Ops::min;
      case "var" -> (x, keep, axes) -> Ops.var(x, 0, keep, axes);
      default -> (x, keep, axes) -> Ops.var(x, 1, keep, axes);
    };
  }

  static List<Arguments> reductions() {
    List<Arguments> all = new ArrayList<>();
    for (String name : List.of("sum", "mean", "max", "min", "var", "unbiased var")) {
      for (int[] axes : new int[][] {{}, {0}, {1}, {-1}, {0, 2}, {2, 0}, {-2, -1}, {0, 1, 2}}) {
        all.add(Arguments.of(name, axes, true));
        all.add(Arguments.of(name, axes, false));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void gradientIsTheFiniteDifference(String name, int[] axes, boolean keepDims) {
    Reducer reducer = reducer(name);
    check(x -> reducer.apply(x[0], keepDims, axes), mixed(11, 2, 3, 4));
    check(x -> Ops.mul(reducer.apply(x[0], true, axes), x[0]), mixed(12, 2, 3, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "mean", "max", "min", "var"})
  void gradientOfScalarsAndOfNothing(String name) {
    Reducer reducer = reducer(name);
    check(x -> reducer.apply(x[0], false), mixed(13));
    check(x -> reducer.apply(x[0], true), mixed(13));
    check(x -> reducer.apply(x[0], false, 1), mixed(13, 0, 3));
    check(x -> reducer.apply(x[0], true, -1), mixed(13, 0, 3));
    if (!name.startsWith("m") || name.equals("mean")) {
      try (GradientTape tape = GradientTape.record();
          Tensor x = Tensor.full(0.0, 2, 0);
          Tensor y = reducer.apply(x, false, 1);
          Tensor upstream = Tensor.full(1.0, 2)) {
        assertEquals(x.shape(), tape.gradient(y, upstream, List.of(x)).get(0).shape());
      }
    }
  }

  @Test
  void axesAreThoseOfTheCallEvenIfTheArrayChangesLater() {
    for (String name : List.of("sum", "mean", "max", "var")) {
      int[] axes = {0};
      try (GradientTape tape = GradientTape.record();
          Tensor x = mixed(14, 2, 2).tensor();
          Tensor y = reducer(name).apply(x, false, axes);
          Tensor upstream = mixed(15, 2).tensor();
          Tensor before = tape.gradient(y, upstream, List.of(x)).get(0)) {
        axes[0] = 1;
        try (Tensor after = tape.gradient(y, upstream, List.of(x)).get(0)) {
          assertArrayEquals(before.toDoubleArray(), after.toDoubleArray(), name);
        }
      }
    }
  }

  private static double[] gradient(UnaryOperator<Tensor> function, double[] x, double... upstream) {
    try (GradientTape tape = GradientTape.record();
        Tensor start = Tensor.of(x, upstream.length, x.length / upstream.length);
        Tensor result = function.apply(start);
        Tensor u = Tensor.of(upstream);
        Tensor fitting = u.reshape(result.shape().toArray());
        Tensor gradient = tape.gradient(result, fitting, List.of(start)).get(0)) {
      return gradient.toDoubleArray();
    }
  }

  @Test
  void tiesShareTheGradientEvenly() {
    double[] x = {1, 3, 3, 3, 2, 2, 1, 2};
    double[] ofMax = {0, 2, 2, 2, 4, 4, 0, 4};
    assertArrayEquals(ofMax, gradient(t -> Ops.max(t, 1), x, 6, 12));
    double[] ofMin = {6, 0, 0, 0, 0, 0, 12, 0};
    assertArrayEquals(ofMin, gradient(t -> Ops.min(t, true, -1), x, 6, 12));
    assertArrayEquals(new double[] {4, 4, 4}, gradient(Ops::max, new double[] {-0.0, 0, 0}, 12));
    double[] infinite = {INF, -INF, INF, 1};
    assertArrayEquals(new double[] {0.5, 0, 0.5, 0}, gradient(Ops::max, infinite, 1));
    assertArrayEquals(new double[] {0, 1, 0, 0}, gradient(Ops::min, infinite, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max", "min", "var"})
  void sliceWithNanHasNanGradientAndTheOthersDoNot(String name) {
    UnaryOperator<Tensor> reduce = t -> reducer(name).apply(t, false, 1);
    double[] gradient = gradient(reduce, new double[] {1, NAN, 3, 4, 5, 6}, 1, 1);
    assertArrayEquals(new double[] {NAN, NAN, NAN}, Arrays.copyOf(gradient, 3));
    assertEquals(0, Arrays.stream(gradient).skip(3).filter(Double::isNaN).count());
  }

  @Test
  void gradientOfVarianceAtEqualElementsIsZero() {
    double[] equal = {5, 5, 5};
    assertArrayEquals(new double[3], gradient(t -> Ops.var(t, 1), equal, 7));
  }

  // ---- softmax

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, -1})
  void softmaxHasItsFiniteDifferences(int axis) {
    Input cube = mixed(21, 2, 3, 4);
    for (String backend : List.of("naive", "rich")) {
      try (BackendScope inner = Backends.use(backend)) {
        check(x -> Ops.softmax(x[0], axis), cube);
        check(x -> Ops.logSoftmax(x[0], axis), cube);
        check(x -> Ops.mul(Ops.logSoftmax(x[0], axis), Ops.softmax(x[0], axis)), cube);
      }
    }
  }

  @Test
  void softmaxOfScalarsAndOfNothing() {
    check(x -> Ops.softmax(x[0], 0), mixed(22));
    check(x -> Ops.logSoftmax(x[0], -1), mixed(22));
    check(x -> Ops.softmax(x[0], 1), mixed(22, 0, 3));
    check(x -> Ops.logSoftmax(x[0], 0), mixed(22, 3, 0));
    check(x -> Ops.logSoftmax(x[0], 1), mixed(22, 3, 0));
  }

  @Test
  void extremeLogitsGiveTheLimitOfTheGradient() {
    double[] far = {1e4, -1e4, -INF, 1e4 - 1e3};
    // Softmax is 1, 0, 0, 0 whatever small change: its Jacobian is 0, also times infinity.
    try (GradientTape tape = GradientTape.record()) {
      Tensor x = Tensor.of(far);
      Tensor y = Ops.softmax(x, 0);
      Tensor gradient = tape.gradient(y, row(3, 5, INF, -2), List.of(x)).get(0);
      assertArrayEquals(new double[4], magnitudes(gradient.toDoubleArray()));
    }
    // By y_i = x_i - log(sum), the upstream minus softmax times the sum of the upstream.
    try (GradientTape tape = GradientTape.record()) {
      Tensor x = Tensor.of(far);
      Tensor y = Ops.logSoftmax(x, 0);
      Tensor gradient = tape.gradient(y, row(3, 5, 7, -2), List.of(x)).get(0);
      assertArrayEquals(new double[] {3 - 13, 5, 7, -2}, gradient.toDoubleArray());
    }
  }

  private static Tensor row(double... values) {
    return Tensor.of(values);
  }

  private static double[] magnitudes(double... values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }

  @Test
  void sliceOfSoftmaxWithNanHasNanGradientAndTheOthersDoNot() {
    for (boolean logarithm : new boolean[] {false, true}) {
      try (GradientTape tape = GradientTape.record()) {
        Tensor x = Tensor.of(new double[] {1, NAN, 1, 1}, 2, 2);
        Tensor y = logarithm ? Ops.logSoftmax(x, 1) : Ops.softmax(x, 1);
        Tensor upstream = Tensor.of(new double[] {1, 0, 1, 0}, 2, 2);
        double[] gradient = tape.gradient(y, upstream, List.of(x)).get(0).toDoubleArray();
        double half = logarithm ? 0.5 : 0.25;
        assertArrayEquals(new double[] {NAN, NAN, half, -half}, gradient, 1e-15);
      }
    }
  }
}
