package io.ember4j.backend.pure;

import io.ember4j.expr.Primitive;
import io.ember4j.spi.Reduction;

/** Reduces the middle axis of {@code [outer, n, inner]}, slice by slice. */
final class Reducer {
  private Reducer() {}

  static void reduce(
      Reduction reduction, PureBuffer source, int outer, int n, int inner, PureBuffer result) {
    boolean sum = reduction == Reduction.SUM;
    Primitive primitive = reduction == Reduction.MAX ? Primitive.MAX : Primitive.MIN;
    if (source.isFloat()) {
      if (sum) {
        sum(source.floats(), outer, n, inner, result.floats());
      } else {
        extreme(new FloatExtreme(primitive), source.floats(), outer, n, inner, result.floats());
      }
    } else if (sum) {
      sum(source.doubles(), outer, n, inner, result.doubles());
    } else {
      extreme(new DoubleExtreme(primitive), source.doubles(), outer, n, inner, result.doubles());
    }
  }

  private static void sum(float[] source, int outer, int n, int inner, float[] result) {
    if (inner == 1) {
      FloatSum sum = new FloatSum();
      for (int i = 0; i < outer; i++) {
        result[i] = sum.of(source, i * n, n);
      }
    } else {
      FloatColumnSum sum = new FloatColumnSum(inner);
      for (int i = 0; i < outer; i++) {
        sum.sum(source, i * n * inner, n, inner, result, i * inner);
      }
    }
  }

  private static void sum(double[] source, int outer, int n, int inner, double[] result) {
    if (inner == 1) {
      DoubleSum sum = new DoubleSum();
      for (int i = 0; i < outer; i++) {
        result[i] = sum.of(source, i * n, n);
      }
    } else {
      DoubleColumnSum sum = new DoubleColumnSum(inner);
      for (int i = 0; i < outer; i++) {
        sum.sum(source, i * n * inner, n, inner, result, i * inner);
      }
    }
  }

  private static void extreme(
      FloatExtreme extreme, float[] source, int outer, int n, int inner, float[] result) {
    for (int i = 0; i < outer; i++) {
      if (inner == 1) {
        result[i] = extreme.of(source, i * n, n);
      } else {
        extreme.columns(source, i * n * inner, n, inner, result, i * inner);
      }
    }
  }

  private static void extreme(
      DoubleExtreme extreme, double[] source, int outer, int n, int inner, double[] result) {
    for (int i = 0; i < outer; i++) {
      if (inner == 1) {
        result[i] = extreme.of(source, i * n, n);
      } else {
        extreme.columns(source, i * n * inner, n, inner, result, i * inner);
      }
    }
  }
}
