package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** BC: elementwise operations on operands of different shapes; {@link DTypeRules} has dtypes. */
final class BroadcastRules {
  private BroadcastRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "BC-1.all-pairs",
            "Operands of any two shapes of rank 0 to 3, and of a fifth of the pairs with rank 4,"
                + " broadcast as in NumPy: aligned at the last axis, extents equal or 1, 0"
                + " included.",
            "an operand view is read in the wrong pattern: element i is buffer[(i / repeat) % size]",
            subject -> allPairs()),
        new Rule(
            "BC-2.views",
            "A row, a column, a channel or a scalar is read right on either side of an operation"
                + " that does not commute, at sizes around SIMD widths.",
            "views with repeat > 1 or several periods; which operand is which in sub and div",
            subject -> views()),
        new Rule(
            "BC-5.where",
            "where takes condition and both choices in three different shapes.",
            "SELECT with views of different patterns",
            subject -> where()),
        new Rule(
            "BC-6.misfit",
            "Shapes that do not broadcast are refused with both shapes in the message.",
            "checked by the api: nothing a backend does should change it",
            subject -> misfit()));
  }

  private static void allPairs() {
    List<long[]> shapes = Naive.shapes(4, 0, 1, 2, 3);
    List<Tensor> left = new ArrayList<>();
    List<Tensor> right = new ArrayList<>();
    for (long[] shape : shapes) {
      left.add(Checks.tensor(DType.FLOAT32, leftValues(shape), shape));
      right.add(Checks.tensor(DType.FLOAT32, rightValues(shape), shape));
    }
    for (int i = 0; i < shapes.size(); i++) {
      for (int j = 0; j < shapes.size(); j++) {
        boolean rank4 = Math.max(shapes.get(i).length, shapes.get(j).length) == 4;
        boolean taken = !rank4 || (31 * i + j) % 5 == 0;
        if (taken && Naive.broadcast(shapes.get(i), shapes.get(j)) != null) {
          try (Tensor result = Ops.sub(left.get(i), right.get(j))) {
            compare("sub", DType.FLOAT32, (a, b) -> a - b, shapes.get(i), shapes.get(j), result);
          }
        }
      }
    }
    left.forEach(Tensor::close);
    right.forEach(Tensor::close);
  }

  private static double[] leftValues(long... shape) {
    return Naive.count(Naive.size(shape), 100, 7);
  }

  private static double[] rightValues(long... shape) {
    return Naive.count(Naive.size(shape), 3, 1);
  }

  private static void compare(
      String name, DType dtype, DoubleBinaryOperator op, long[] a, long[] b, Tensor result) {
    long[] shape = Naive.broadcast(a, b);
    double[] x = Naive.broadcast(leftValues(a), a, shape);
    double[] y = Naive.broadcast(rightValues(b), b, shape);
    double[] expected = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = dtype.round(op.applyAsDouble(x[i], y[i]));
    }
    String what = name + " of " + Arrays.toString(a) + " and " + Arrays.toString(b);
    Checks.same(what, dtype, shape, expected, result);
  }

  private static void views() {
    for (DType dtype : DType.values()) {
      for (long n : new long[] {1, 3, 8, 15, 16, 17, 67}) {
        long[] full = {3, n, 5};
        List<long[]> others =
            List.of(
                new long[] {},
                new long[] {5},
                new long[] {n, 1},
                new long[] {n, 5},
                new long[] {3, 1, 1},
                new long[] {3, n, 1},
                new long[] {3, 1, 5},
                full);
        for (long[] other : others) {
          pair(dtype, full, other);
          pair(dtype, other, full);
        }
        pair(dtype, new long[] {n, 1}, new long[] {1, n});
        pair(dtype, new long[] {n}, new long[] {1});
        pair(dtype, new long[] {1}, new long[] {n});
      }
      pair(dtype, new long[] {1000}, new long[] {});
      pair(dtype, new long[] {2, 1000}, new long[] {1000});
      pair(dtype, new long[] {1000}, new long[] {2, 1000});
      pair(dtype, new long[] {1000, 3}, new long[] {1000, 1});
    }
  }

  private static void pair(DType dtype, long[] a, long[] b) {
    both("sub", dtype, Ops::sub, (x, y) -> x - y, a, b);
    both("div", dtype, Ops::div, (x, y) -> x / y, a, b);
    both("lt", dtype, Ops::lt, (x, y) -> x < y ? 1 : 0, a, b);
  }

  private static void both(
      String name,
      DType dtype,
      BinaryOperator<Tensor> op,
      DoubleBinaryOperator naive,
      long[] a,
      long[] b) {
    try (Tensor x = Checks.tensor(dtype, leftValues(a), a);
        Tensor y = Checks.tensor(dtype, rightValues(b), b);
        Tensor result = op.apply(x, y)) {
      compare(name, dtype, naive, a, b, result);
    }
  }

  private static void where() {
    List<long[]> shapes =
        List.of(
            new long[] {},
            new long[] {3},
            new long[] {2, 1},
            new long[] {2, 3},
            new long[] {17, 1, 3},
            new long[] {17, 2, 1});
    for (DType dtype : DType.values()) {
      for (long[] c : shapes) {
        for (long[] a : shapes) {
          for (long[] b : shapes) {
            whereOf(dtype, c, a, b);
          }
        }
      }
    }
  }

  private static void whereOf(DType dtype, long[] c, long[] a, long[] b) {
    long[] shape = Naive.broadcast(Naive.broadcast(c, a), b);
    double[] condition = new double[Naive.size(c)];
    for (int i = 0; i < condition.length; i++) {
      condition[i] = i % 3 == 0 ? 1 : 0;
    }
    double[] chosen = Naive.broadcast(condition, c, shape);
    double[] expected = Naive.broadcast(leftValues(a), a, shape);
    double[] otherwise = Naive.broadcast(rightValues(b), b, shape);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = chosen[i] != 0 ? expected[i] : otherwise[i];
    }
    try (Tensor when = Checks.tensor(dtype, condition, c);
        Tensor x = Checks.tensor(dtype, leftValues(a), a);
        Tensor y = Checks.tensor(dtype, rightValues(b), b);
        Tensor result = Ops.where(when, x, y)) {
      String what =
          "where of " + Arrays.toString(c) + ", " + Arrays.toString(a) + ", " + Arrays.toString(b);
      Checks.same(what, dtype, shape, expected, result);
    }
  }

  private static void misfit() {
    for (long[] a : Naive.shapes(2, 0, 1, 2, 3)) {
      for (long[] b : Naive.shapes(2, 0, 1, 2, 3)) {
        if (Naive.broadcast(a, b) == null) {
          try (Tensor x = Tensor.ones(a);
              Tensor y = Tensor.ones(b)) {
            Checks.refuses(
                ShapeException.class,
                "add of " + Arrays.toString(a) + " and " + Arrays.toString(b),
                () -> Ops.add(x, y),
                Arrays.toString(a),
                Arrays.toString(b),
                "must be equal");
          }
        }
      }
    }
  }
}
