package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.util.Arrays;
import java.util.List;

/** TP-3: gradients of matrix products. */
final class TapeMatmulRules {
  private TapeMatmulRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-3.matmul",
            "The gradients of a product's operands, read transposed or not, are the sums of upstream"
                + " times the other operand, each within the running error, which is a unit of"
                + " rounding of the sum of the magnitudes for each term; k = 1 and vectors included.",
            "transposeA and transposeB together with extents that differ",
            subject -> matrices()),
        new Rule(
            "TP-3.batches",
            "With batches, also broadcast ones and one matrix for all of them, the gradients sum over"
                + " the batches along which an operand was repeated.",
            "strideA or strideB, of which 0 means one matrix for all products",
            subject -> batches()));
  }

  private static void matrices() {
    for (DType dtype : DType.values()) {
      for (int[] e : new int[][] {{2, 3, 5}, {1, 4, 3}, {4, 1, 3}, {3, 4, 1}, {17, 16, 33}}) {
        for (int set = 0; set < 4; set++) {
          boolean left = (set & 1) != 0;
          boolean right = set > 1;
          long[] a = left ? shape(e[1], e[0]) : shape(e[0], e[1]);
          long[] b = right ? shape(e[2], e[1]) : shape(e[1], e[2]);
          check(dtype, a, b, left, right);
        }
      }
      check(dtype, shape(4), shape(4), false, false);
      check(dtype, shape(17), shape(17, 5), false, false);
      check(dtype, shape(17), shape(5, 17), false, true);
      check(dtype, shape(5, 17), shape(17), false, false);
      check(dtype, shape(17, 5), shape(17), true, false);
      check(dtype, shape(3, 0), shape(0, 4), false, false);
    }
  }

  private static void batches() {
    List<long[][]> pairs =
        List.of(
            new long[][] {{2, 3, 4}, {2, 4, 5}},
            new long[][] {{3, 4}, {2, 4, 5}},
            new long[][] {{7, 3, 4}, {4, 5}},
            new long[][] {{1, 3, 4}, {7, 4, 2}},
            new long[][] {{2, 1, 3, 4}, {5, 4, 2}},
            new long[][] {{2, 1, 3, 4}, {1, 5, 4, 2}},
            new long[][] {{2, 3, 1}, {2, 1, 4}});
    for (DType dtype : DType.values()) {
      for (long[][] pair : pairs) {
        for (int set = 0; set < 4; set++) {
          boolean left = (set & 1) != 0;
          boolean right = set > 1;
          check(dtype, turned(pair[0], left), turned(pair[1], right), left, right);
        }
      }
      check(dtype, shape(4), shape(3, 4, 5), false, false);
      check(dtype, shape(3, 5, 4), shape(4), false, false);
      check(dtype, shape(0, 3, 4), shape(4, 5), false, false);
    }
  }

  private static long[] shape(long... extents) {
    return extents;
  }

  private static long[] turned(long[] shape, boolean turn) {
    long[] result = shape.clone();
    if (turn) {
      result[shape.length - 1] = shape[shape.length - 2];
      result[shape.length - 2] = shape[shape.length - 1];
    }
    return result;
  }

  private static void check(
      DType dtype, long[] a, long[] b, boolean transposeA, boolean transposeB) {
    double[] x = Naive.random(dtype, Naive.size(a), 1, 51);
    double[] y = Naive.random(dtype, Naive.size(b), 1, 52);
    try (Tensor p = Checks.tensor(dtype, x, a);
        Tensor q = Checks.tensor(dtype, y, b)) {
      Taped taped =
          Taped.of(
              Taped.Upstream.RANDOM, t -> Ops.matmul(t[0], t[1], transposeA, transposeB), p, q);
      Rounded.Sum[] ofA = Rounded.Sum.zeros(x.length);
      Rounded.Sum[] ofB = Rounded.Sum.zeros(y.length);
      Places left = new Places(a.length == 1 ? shape(1, a[0]) : a, transposeA);
      Places right = new Places(b.length == 1 ? shape(b[0], 1) : b, transposeB);
      long[] batch = Naive.broadcast(left.batch(), right.batch());
      int m = left.rows();
      int n = right.columns();
      for (int c = 0; c < taped.upstream().length; c++) {
        Rounded u = Rounded.of(taped.upstream()[c]);
        long[] at = Naive.index(c / (m * n), batch);
        for (int k = 0; k < left.columns(); k++) {
          int i = left.position(at, c / n % m, k);
          int j = right.position(at, k, c % n);
          ofA[i].add(u.times(Rounded.of(y[j])));
          ofB[j].add(u.times(Rounded.of(x[i])));
        }
      }
      String what =
          String.format(
              "matmul of %s%s and %s%s",
              Arrays.toString(a),
              transposeA ? "^T" : "",
              Arrays.toString(b),
              transposeB ? "^T" : "");
      Rounded[] wantedA = Rounded.Sum.totals(ofA);
      Rounded[] wantedB = Rounded.Sum.totals(ofB);
      Rounded.check(what + ", left gradient", dtype, a, wantedA, taped.gradients().get(0));
      Rounded.check(what + ", right gradient", dtype, b, wantedB, taped.gradients().get(1));
    }
  }

  /** Where the elements of an operand lie, which may be read transposed and repeated in batches. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Places(long[] shape, boolean transposed) {
    int rows() {
      return (int) shape[shape.length - (transposed ? 1 : 2)];
    }

    int columns() {
      return (int) shape[shape.length - (transposed ? 2 : 1)];
    }

    long[] batch() {
      return Arrays.copyOf(shape, shape.length - 2);
    }

    int position(long[] batch, long row, long column) {
      long[] index = new long[shape.length];
      for (int i = 0; i < shape.length - 2; i++) {
        index[i] = shape[i] == 1 ? 0 : batch[batch.length - (shape.length - 2) + i];
      }
      index[shape.length - 2] = transposed ? column : row;
      index[shape.length - 1] = transposed ? row : column;
      return Naive.position(index, shape);
    }
  }
}
