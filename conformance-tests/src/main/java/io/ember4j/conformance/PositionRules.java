package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** PR-1, PR-2, PR-5 and PR-6: a result does not depend on where in the array an element stands. */
final class PositionRules {
  private static final int WHOLE = Data.SIZES[Data.SIZES.length - 1];

  private static final int[] PARTS = Arrays.copyOf(Data.SIZES, Data.SIZES.length - 1);

  private PositionRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "PR-1.position-primitives",
            "A primitive gives an element the same bits in an array of any size and at any place"
                + " in it.",
            "the tail of a SIMD loop: its count, its mask, and that it computes by the same"
                + " instructions",
            subject -> primitives()),
        new Rule(
            "PR-2.position-activations",
            "An activation gives an element the same bits in an array of any size and at any place"
                + " in it.",
            "the tail of a SIMD loop, and the seams between blocks and threads",
            subject -> activations()),
        new Rule(
            "PR-5.view-operands",
            "An operand that is broadcast (a scalar, a row, a column, a channel) gives the same"
                + " bits as the same operand written out.",
            "how period and repeat of a view are read",
            subject -> views()),
        new Rule(
            "PR-6.ranks",
            "An activation gives the same bits in any shape of rank 0 to 4, an empty one"
                + " included.",
            "empty and one-element arrays",
            subject -> ranks()));
  }

  private static void primitives() {
    for (Primitive primitive : Primitive.values()) {
      Expr[] inputs = new Expr[primitive.arity()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = Expr.input(i);
      }
      Expr expression = Expr.apply(primitive, inputs);
      for (DType dtype : DType.values()) {
        double[][] data = new double[inputs.length][];
        for (int i = 0; i < inputs.length; i++) {
          data[i] = values(dtype, 40 + i);
        }
        if (primitive == Primitive.SELECT) {
          data[0] = Arrays.stream(data[0]).map(v -> v > 0 ? 1 : 0).toArray();
        }
        check(primitive.label(), dtype, data, x -> Ops.evaluate(expression, x));
      }
    }
  }

  private static void activations() {
    ActivationCase.examples()
        .forEach(
            activation -> {
              for (DType dtype : DType.values()) {
                double[][] data = {values(dtype, 43)};
                check(activation.toString(), dtype, data, x -> activation.apply(x[0]));
              }
            });
  }

  /** Ordinary values, with a special one here and there. */
  private static double[] values(DType dtype, long seed) {
    double[] values = Data.spread(dtype, WHOLE, -30, 30, seed);
    double[] specials = Data.specials(dtype);
    for (int i = 0; i < specials.length; i++) {
      values[i * 97 + 5] = specials[i];
    }
    return values;
  }

  private static void check(
      String what, DType dtype, double[][] data, Function<Tensor[], Tensor> function) {
    double[] whole = evaluate(dtype, data, 0, WHOLE, function);
    new Findings(what, dtype, WHOLE).checkSize(whole.length);
    for (int size : PARTS) {
      for (int from : new int[] {0, WHOLE - size}) {
        double[] part = evaluate(dtype, data, from, size, function);
        Findings findings = new Findings(what + " of elements from " + from, dtype, size);
        findings.checkSize(part.length);
        for (int i = 0; i < size; i++) {
          findings.same(i, Ulp.show(data[0][from + i], dtype), whole[from + i], part[i]);
        }
        findings.check();
      }
    }
  }

  private static double[] evaluate(
      DType dtype, double[][] data, int from, int size, Function<Tensor[], Tensor> function) {
    Tensor[] tensors = new Tensor[data.length];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = Data.tensor(dtype, Arrays.copyOfRange(data[i], from, from + size));
    }
    return function.apply(tensors).toDoubleArray();
  }

  private static void views() {
    long[][] patterns = {{1}, {5}, {3, 1}, {3, 5}, {4, 1, 1}, {4, 3, 1}, {1, 3, 1}, {4, 1, 5}};
    for (Primitive primitive : Primitive.values()) {
      if (primitive.arity() == 2) {
        for (DType dtype : DType.values()) {
          for (long[] pattern : patterns) {
            view(primitive, dtype, pattern);
          }
        }
      }
    }
  }

  private static void view(Primitive primitive, DType dtype, long[] pattern) {
    long[] shape = {4, 3, 5};
    double[] full = Data.spread(dtype, 60, -4, 4, 44);
    int size = (int) Arrays.stream(pattern).reduce(1, (a, b) -> a * b);
    double[] small = Data.spread(dtype, size, -4, 4, 45);
    double[] written = new double[60];
    for (int i = 0; i < 60; i++) {
      long[] at = {i / 15, i / 5 % 3, i % 5};
      int index = 0;
      for (int axis = 0; axis < pattern.length; axis++) {
        long extent = pattern[axis];
        index = (int) (index * extent + at[axis + 3 - pattern.length] % extent);
      }
      written[i] = small[index];
    }
    Tensor a = Data.tensor(dtype, full, shape);
    Tensor b = Data.tensor(dtype, small, pattern);
    Tensor c = Data.tensor(dtype, written, shape);
    Expr right = Expr.apply(primitive, Expr.input(0), Expr.input(1));
    Expr left = Expr.apply(primitive, Expr.input(1), Expr.input(0));
    for (Expr expression : List.of(right, left)) {
      double[] expected = Ops.evaluate(expression, a, c).toDoubleArray();
      double[] actual = Ops.evaluate(expression, a, b).toDoubleArray();
      Findings findings =
          new Findings(expression + " of [4, 3, 5] and " + Arrays.toString(pattern), dtype, 60);
      findings.checkSize(actual.length);
      for (int i = 0; i < 60; i++) {
        findings.same(i, full[i] + " and " + written[i], expected[i], actual[i]);
      }
      findings.check();
    }
  }

  private static void ranks() {
    long[][] shapes = {{24}, {4, 6}, {2, 3, 4}, {2, 3, 2, 2}, {1, 24, 1}};
    ActivationCase.examples().forEach(activation -> ranks(activation, shapes));
  }

  private static void ranks(Activation activation, long[][] shapes) {
    for (DType dtype : DType.values()) {
      double[] x = Data.spread(dtype, 24, -4, 4, 46);
      double[] expected = activation.apply(Data.tensor(dtype, x)).toDoubleArray();
      for (long[] shape : shapes) {
        Tensor result = activation.apply(Data.tensor(dtype, x, shape));
        if (!Arrays.equals(result.shape().toArray(), shape)) {
          throw new RuleViolation(
              activation + " of shape " + Arrays.toString(shape) + " has shape " + result.shape());
        }
        compare(activation, dtype, x, expected, result);
      }
      Tensor scalar = activation.apply(Data.tensor(dtype, new double[] {x[0]}).reshape());
      compare(activation, dtype, x, new double[] {expected[0]}, scalar);
      Tensor empty = activation.apply(Data.tensor(dtype, new double[0], 2, 0, 3));
      compare(activation, dtype, x, new double[0], empty);
    }
  }

  private static void compare(
      Activation activation, DType dtype, double[] x, double[] expected, Tensor result) {
    Findings findings =
        new Findings(activation + " of shape " + result.shape(), dtype, expected.length);
    double[] actual = result.toDoubleArray();
    findings.checkSize(actual.length);
    for (int i = 0; i < expected.length; i++) {
      findings.same(i, Ulp.show(x[i], dtype), expected[i], actual[i]);
    }
    findings.check();
  }
}
