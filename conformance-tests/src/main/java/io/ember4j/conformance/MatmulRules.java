package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import java.util.List;

/** MM: matrix products. */
final class MatmulRules {
  private static final Expr X = Expr.input(0);

  private MatmulRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "MM-1.bound",
            "Each element of a product over k is within k + 1 units of rounding of |a| |b|, the"
                + " sum of the magnitudes, for every extent around block and SIMD sizes.",
            "edges of blocks, row-major taken for column-major, or too short an accumulator",
            subject -> bound()),
        new Rule(
            "MM-2.transposed",
            "Either operand may be read transposed, in every combination.",
            "transposeA, transposeB and the leading extents",
            subject -> transposed()),
        new Rule(
            "MM-3.batches",
            "Leading axes are batches that broadcast; a rank-1 operand is a row on the left and a"
                + " column on the right.",
            "strideA or strideB, of which 0 means one matrix for all products",
            subject -> batches()),
        new Rule(
            "MM-4.nothing",
            "A product over k = 0 is 0, also with an epilogue; extents of 0 give empty results.",
            "memory that was not set to 0",
            subject -> nothing()),
        new Rule(
            "MM-5.not-finite",
            "NaN and infinities come through, and only into the row or column they belong to; what"
                + " memory held before does not show.",
            "zeros are skipped (0 * NaN is NaN), or the result is scaled by beta = 0",
            subject -> notFinite()),
        new Rule(
            "MM-6.epilogue",
            "A product with bias and activation as epilogue equals the separate operations, within"
                + " the product's bound.",
            "the epilogue's operands are read over the whole result, like those of evaluate",
            subject -> epilogue()),
        new Rule(
            "MM-7.repeats",
            "The same product of the same values gives the same bits every time, on every thread.",
            "how k is split depends on the number of threads",
            subject -> repeats()),
        new Rule(
            "MM-8.misfit",
            "Operands that do not fit are refused with both shapes in the message.",
            "checked by the api: nothing a backend does should change it",
            subject -> misfit()));
  }

  private static void bound() {
    int[][] extents = {
      {1, 1, 1},
      {1, 7, 1},
      {1, 1, 7},
      {7, 1, 1},
      {2, 3, 4},
      {5, 5, 5},
      {8, 8, 8},
      {15, 16, 17},
      {16, 17, 15},
      {17, 15, 16},
      {64, 64, 64},
      {67, 33, 129},
      {1, 1000, 1},
      {1, 300, 50},
      {300, 2, 1},
      {1000, 3, 2},
      {2, 3, 1000},
      {50, 257, 49},
      {9, 600, 49},
      {130, 31, 97}
    };
    for (DType dtype : DType.values()) {
      for (int[] e : extents) {
        NaiveProduct.random(dtype, e[0], e[1], e[2]).check("matmul", false, false);
      }
    }
  }

  private static void transposed() {
    for (DType dtype : DType.values()) {
      for (int m : new int[] {1, 2, 17}) {
        for (int k : new int[] {1, 3, 16}) {
          for (int n : new int[] {1, 5, 33}) {
            for (int set = 0; set < 4; set++) {
              NaiveProduct.random(dtype, m, k, n).check("matmul", (set & 1) != 0, set > 1);
            }
          }
        }
      }
      NaiveProduct.random(dtype, 65, 70, 67).check("matmul", true, false);
      NaiveProduct.random(dtype, 65, 70, 67).check("matmul", false, true);
      NaiveProduct.random(dtype, 65, 70, 67).check("matmul", true, true);
    }
  }

  private static void batches() {
    List<long[][]> shapes =
        List.of(
            new long[][] {{2, 3, 4}, {2, 4, 5}, {2, 3, 5}},
            new long[][] {{3, 4}, {2, 4, 5}, {2, 3, 5}},
            new long[][] {{7, 3, 4}, {4, 5}, {7, 3, 5}},
            new long[][] {{1, 3, 4}, {7, 4, 2}, {7, 3, 2}},
            new long[][] {{2, 1, 3, 4}, {5, 4, 2}, {2, 5, 3, 2}},
            new long[][] {{2, 1, 3, 4}, {1, 5, 4, 2}, {2, 5, 3, 2}},
            new long[][] {{6, 1, 17}, {6, 17, 1}, {6, 1, 1}},
            new long[][] {{4}, {4}, {}},
            new long[][] {{17}, {17, 5}, {5}},
            new long[][] {{5, 17}, {17}, {5}},
            new long[][] {{4}, {3, 4, 5}, {3, 5}},
            new long[][] {{3, 5, 4}, {4}, {3, 5}},
            new long[][] {{0, 3, 4}, {4, 5}, {0, 3, 5}});
    for (DType dtype : DType.values()) {
      for (long[][] shape : shapes) {
        NaiveProduct.batches(dtype, shape[0], shape[1], shape[2]);
      }
    }
  }

  private static void nothing() {
    for (DType dtype : DType.values()) {
      long[] shape = {3, 5};
      Tensor.full(7, dtype, shape).close();
      try (Tensor a = Tensor.full(1, dtype, 3, 0);
          Tensor b = Tensor.full(1, dtype, 0, 5);
          Tensor bias = Tensor.full(2, dtype, 5);
          Tensor product = Ops.matmul(a, b);
          Tensor biased = Ops.matmul(a, b, false, false, X.plus(Expr.input(1)), bias);
          Tensor none = Tensor.full(1, dtype, 0, 4);
          Tensor tall = Tensor.full(1, dtype, 4, 0);
          Tensor empty = Ops.matmul(none, tall)) {
        Checks.same("matmul over k = 0", dtype, shape, new double[15], product);
        Checks.same("k = 0 with bias", dtype, shape, Naive.count(15, 2, 0), biased);
        Checks.form("matmul with m = n = 0", dtype, new long[] {0, 0}, empty);
      }
    }
  }

  private static void notFinite() {
    double[] specials = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (DType dtype : DType.values()) {
      for (int size : new int[] {1, 3, 17, 65}) {
        for (double special : specials) {
          NaiveProduct product = NaiveProduct.random(dtype, size, size, size);
          product.a()[size * size / 2] = special;
          product.check("matmul with " + special + " on the left", false, false);
          product.b()[0] = 0;
          product.b()[size * size - 1] = 0;
          product.check("matmul with " + special + " and 0", false, false);
          NaiveProduct other = NaiveProduct.random(dtype, size, size, size);
          other.b()[size * size - 1] = special;
          other.a()[size - 1] = 0;
          other.check("matmul with " + special + " on the right", false, false);
        }
        // Now recycled memory may hold NaN.
        NaiveProduct.random(dtype, size, size, size).check("matmul after NaN", false, false);
      }
    }
  }

  private static void epilogue() {
    for (DType dtype : DType.values()) {
      for (int[] e : new int[][] {{1, 1, 1}, {3, 4, 5}, {17, 33, 19}, {65, 64, 67}}) {
        NaiveProduct product = NaiveProduct.random(dtype, e[0], e[1], e[2]);
        for (long[] bias : List.of(new long[] {e[2]}, new long[] {e[0], 1}, new long[] {})) {
          for (String name : List.of("relu", "gelu", "hardswish")) {
            product.checkEpilogue(name, Activations.get(name).expression().orElseThrow(), bias);
          }
        }
      }
    }
  }

  private static void repeats() throws InterruptedException {
    for (DType dtype : DType.values()) {
      for (int size : new int[] {17, 130}) {
        NaiveProduct p = NaiveProduct.random(dtype, size, size, size);
        long[] shape = {size, size};
        try (Tensor a = Checks.tensor(dtype, p.a(), shape);
            Tensor b = Checks.tensor(dtype, p.b(), shape);
            Tensor first = Ops.matmul(a, b)) {
          double[] expected = first.toDoubleArray();
          Threads.run(
              4,
              i -> {
                for (int again = 0; again < 3; again++) {
                  try (Tensor product = Ops.matmul(a, b)) {
                    Checks.same("matmul again", dtype, shape, expected, product);
                  }
                }
              });
        }
      }
    }
  }

  private static void misfit() {
    misfit(new long[] {2, 3}, new long[] {2, 3}, "[2, 3]", "must be equal");
    misfit(new long[] {3}, new long[] {4}, "[3]", "[4]");
    misfit(new long[] {}, new long[] {4}, "rank 0", "use mul");
    misfit(new long[] {2, 3, 4}, new long[] {3, 4, 5}, "[2]", "[3]");
  }

  private static void misfit(long[] a, long[] b, String... words) {
    try (Tensor x = Tensor.ones(a);
        Tensor y = Tensor.ones(b)) {
      Checks.refuses(ShapeException.class, "matmul", () -> Ops.matmul(x, y), words);
    }
  }
}
