package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.Arrays;

/**
 * A matrix product by three nested loops in twice the dtype's precision, with the bound on the
 * error of any order of summing.
 *
 * @param dtype the dtype
 * @param m rows of the result
 * @param k the extent summed over
 * @param n columns of the result
 * @param a the left matrix, row-major
 * @param b the right matrix, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NaiveProduct(DType dtype, int m, int k, int n, double[] a, double[] b) {
  /** Input 0 plus input 1. */
  static final Expr BIASED = Expr.input(0).plus(Expr.input(1));

  /** Returns a product of numbers in [-1, 1). */
  static NaiveProduct random(DType dtype, int m, int k, int n) {
    double[] a = Naive.random(dtype, m * k, 1, m + 1000L * k);
    double[] b = Naive.random(dtype, k * n, 1, n + 2000L * k);
    return new NaiveProduct(dtype, m, k, n, a, b);
  }

  /** Compares the backend's product with this one. */
  void check(String what, boolean transposeA, boolean transposeB) {
    double[] left = transposeA ? transpose(a, m, k) : a;
    double[] right = transposeB ? transpose(b, k, n) : b;
    try (Tensor x = Checks.tensor(dtype, left, transposeA ? shape(k, m) : shape(m, k));
        Tensor y = Checks.tensor(dtype, right, transposeB ? shape(n, k) : shape(k, n));
        Tensor product = Ops.matmul(x, y, transposeA, transposeB)) {
      String full =
          String.format(
              "%s of [%d, %d]%s and [%d, %d]%s",
              what, m, k, transposeA ? "^T" : "", k, n, transposeB ? "^T" : "");
      Checks.form(full, dtype, shape(m, n), product);
      Checks.within(full, dtype, shape(m, n), values(), bounds(), product.toDoubleArray());
    }
  }

  /** Compares the product with bias and activation as epilogue with separate operations. */
  void checkEpilogue(String name, Expr activation, long... biasShape) {
    double[] bias = Naive.random(dtype, Naive.size(biasShape), 1, 5);
    try (Tensor x = Checks.tensor(dtype, a, m, k);
        Tensor y = Checks.tensor(dtype, b, k, n);
        Tensor z = Checks.tensor(dtype, bias, biasShape);
        Tensor fused = Ops.matmul(x, y, false, false, activation.substitute(BIASED), z);
        Tensor product = Ops.matmul(x, y);
        Tensor biased = Ops.add(product, z);
        Tensor expected = Ops.evaluate(activation, biased)) {
      double[] bounds = bounds();
      for (int i = 0; i < bounds.length; i++) {
        // The slopes of these activations are at most 1.5.
        bounds[i] = 1.5 * (2 * bounds[i] + (2 * k + 20) * Naive.unit(dtype));
      }
      String what = "matmul with bias " + Arrays.toString(biasShape) + " and " + name;
      Checks.form(what, dtype, shape(m, n), fused);
      Checks.within(
          what, dtype, shape(m, n), expected.toDoubleArray(), bounds, fused.toDoubleArray());
    }
  }

  /** Compares a product of batches with this one for every pair of matrices. */
  static void batches(DType dtype, long[] shapeA, long[] shapeB, long... shapeC) {
    double[] a = Naive.random(dtype, Naive.size(shapeA), 1, 3);
    double[] b = Naive.random(dtype, Naive.size(shapeB), 1, 4);
    long[] left = shapeA.length == 1 ? shape(1, shapeA[0]) : shapeA;
    long[] right = shapeB.length == 1 ? shape(shapeB[0], 1) : shapeB;
    int m = (int) left[left.length - 2];
    int k = (int) left[left.length - 1];
    int n = (int) right[right.length - 1];
    long[] batch = Naive.broadcast(batch(left), batch(right));
    double[] allA = Naive.broadcast(a, left, with(batch, m, k));
    double[] allB = Naive.broadcast(b, right, with(batch, k, n));
    String what = "matmul of " + Arrays.toString(shapeA) + " and " + Arrays.toString(shapeB);
    try (Tensor x = Checks.tensor(dtype, a, shapeA);
        Tensor y = Checks.tensor(dtype, b, shapeB);
        Tensor product = Ops.matmul(x, y)) {
      Checks.form(what, dtype, shapeC, product);
      double[] actual = product.toDoubleArray();
      for (int i = 0; i < Naive.size(batch); i++) {
        NaiveProduct one =
            new NaiveProduct(
                dtype,
                m,
                k,
                n,
                Arrays.copyOfRange(allA, i * m * k, (i + 1) * m * k),
                Arrays.copyOfRange(allB, i * k * n, (i + 1) * k * n));
        Checks.within(
            what + ", product " + i,
            dtype,
            shape(m, n),
            one.values(),
            one.bounds(),
            Arrays.copyOfRange(actual, i * m * n, (i + 1) * m * n));
      }
    }
  }

  private static long[] batch(long... shape) {
    return Arrays.copyOf(shape, shape.length - 2);
  }

  private static long[] with(long[] batch, long rows, long columns) {
    long[] shape = Arrays.copyOf(batch, batch.length + 2);
    shape[batch.length] = rows;
    shape[batch.length + 1] = columns;
    return shape;
  }

  private static long[] shape(long... extents) {
    return extents;
  }

  private static double[] transpose(double[] matrix, int rows, int columns) {
    double[] result = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      result[i % columns * rows + i / columns] = matrix[i];
    }
    return result;
  }

  /** Returns the product; sums carry their rounding errors along, so they are as good as exact. */
  private double[] values() {
    double[] c = new double[m * n];
    for (int i = 0; i < c.length; i++) {
      double sum = 0;
      double error = 0;
      for (int j = 0; j < k; j++) {
        double x = a[i / n * k + j];
        double y = b[j * n + i % n];
        double product = x * y;
        double next = sum + product;
        double kept = next - sum;
        error += (sum - (next - kept)) + (product - kept) + Math.fma(x, y, -product);
        sum = next;
      }
      c[i] = Double.isFinite(sum) ? sum + error : sum;
    }
    return c;
  }

  private double[] bounds() {
    double[] bounds = new double[m * n];
    for (int i = 0; i < bounds.length; i++) {
      double magnitudes = 0;
      for (int j = 0; j < k; j++) {
        magnitudes += Math.abs(a[i / n * k + j] * b[j * n + i % n]);
      }
      bounds[i] = (k + 1) * Naive.unit(dtype) * magnitudes;
    }
    return bounds;
  }
}
