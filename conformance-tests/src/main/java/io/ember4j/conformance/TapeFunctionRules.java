package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.nn.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** TP-13: gradients of functions that users write. */
final class TapeFunctionRules {
  private static final Expr X = Expr.input(0);

  /** (x + sqrt(x^2 + 4)) / 2, with the derivative left to the api. */
  private static final NamedFunction SQUAREPLUS =
      NamedFunction.of(
          "conformance_squareplus_formula",
          List.of("x"),
          X.plus(X.times(X).plus(4).sqrt()).dividedBy(2));

  /** a tanh(b x) e^-x^2, of x and two parameters. */
  private static final NamedFunction WAVE =
      NamedFunction.of(
          "conformance_wave",
          List.of("x", "a", "b"),
          Expr.input(1).times(Expr.input(2).times(X).tanh()).times(X.times(X).negate().exp()));

  /** A step with the derivative of x^3 - x, as the formula's own is 0. */
  private static final NamedFunction BY_HAND =
      NamedFunction.of("conformance_step", List.of("x"), X.gt(0))
          .withDerivatives(X.times(X).times(3).minus(1));

  private TapeFunctionRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-13.own-function",
            "The derived gradient of a user's formula, also with parameters, is within 1e-9 of its finite"
                + " differences in float64, and within 64 u of that in float32; one that is written by"
                + " hand is that of the function whose derivative it is, whatever the formula's is.",
            "the primitives that the formula and its derivative use",
            subject -> ownFunctions()));
  }

  static void ownFunctions() {
    derivative("squareplus", x -> Ops.evaluate(SQUAREPLUS.apply(X), x));
    Expr wave = WAVE.apply(X, Expr.constant(1.5), Expr.constant(0.75));
    derivative("wave", x -> Ops.evaluate(wave, x));
    derivative(
        "a step with a derivative by hand",
        x -> Ops.evaluate(BY_HAND.apply(X), x),
        x -> Ops.evaluate(X.times(X).minus(1).times(X), x));
    Layer layer = (x, training) -> Ops.mul(Ops.evaluate(SQUAREPLUS.apply(X), x), Ops.exp(x));
    derivative("a user's layer", x -> layer.forward(x, true));
  }

  /** Compares the gradient of a function of each element with its finite differences. */
  static void derivative(String what, UnaryOperator<Tensor> function) {
    derivative(what, function, function);
  }

  /** Compares the gradient of a function of each element with finite differences of another. */
  private static void derivative(
      String what, UnaryOperator<Tensor> function, UnaryOperator<Tensor> antiderivative) {
    double[] x = Naive.count(65, -2, 0x1p-4);
    long[] shape = {x.length};
    double[] differences = new double[x.length];
    for (double[] term : new double[][] {{1, 8}, {-1, -8}, {2, -1}, {-2, 1}}) {
      double[] moved = Arrays.stream(x).map(v -> v + term[0] * TapeNetworkRules.STEP).toArray();
      try (Tensor point = Checks.tensor(DType.FLOAT64, moved, shape);
          Tensor y = antiderivative.apply(point)) {
        double[] values = y.toDoubleArray();
        Arrays.setAll(
            differences, i -> differences[i] + term[1] * values[i] / (12 * TapeNetworkRules.STEP));
      }
    }
    for (DType dtype : DType.values()) {
      try (Tensor point = Checks.tensor(dtype, x, shape)) {
        Taped taped = Taped.of(Taped.Upstream.RANDOM, t -> function.apply(t[0]), point);
        double[] expected = new double[x.length];
        double[] bounds = new double[x.length];
        double rounding =
            dtype == DType.FLOAT32 ? TapeNetworkRules.ROUNDINGS * Naive.unit(dtype) : 0;
        for (int i = 0; i < x.length; i++) {
          expected[i] = taped.upstream()[i] * differences[i];
          // Terms of these derivatives are up to a few times as large as they.
          bounds[i] = (TapeNetworkRules.NEAR + rounding) * (1 + Math.abs(expected[i]));
        }
        String gradient = "gradient of " + what;
        Checks.within(gradient, dtype, shape, expected, bounds, taped.gradients().get(0));
      }
    }
  }
}
