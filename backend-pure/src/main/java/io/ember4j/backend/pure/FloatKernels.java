package io.ember4j.backend.pure;

import io.ember4j.expr.Primitive;
import java.util.function.DoubleUnaryOperator;

/**
 * One loop per primitive, in float32; {@link DoubleKernels} is its twin.
 *
 * <p>All arrays are read and written from index 0: C2 turns such a loop into SIMD code, and does
 * not when the arrays have offsets of their own (measured: 0.07 against 0.28 ns per addition).
 */
final class FloatKernels {
  /**
   * The bits of 1. What depends on a condition is chosen as bits, because C2 has a conditional move
   * for integers and only a branch for floating point (measured: 0.4 against 4 ns, unpredictable).
   */
  private static final int ONE = Float.floatToRawIntBits(1);

  private FloatKernels() {}

  /** Computes {@code r[i] = primitive(a[i], b[i], c[i])}; reads no more than the arity. */
  static void apply(Primitive primitive, float[] a, float[] b, float[] c, float[] r, int n) {
    switch (primitive) {
      case ADD -> add(a, b, r, n);
      case SUB -> sub(a, b, r, n);
      case MUL -> mul(a, b, r, n);
      case DIV -> div(a, b, r, n);
      case MAX -> max(a, b, r, n);
      case MIN -> min(a, b, r, n);
      case ABS -> abs(a, r, n);
      case SQRT -> sqrt(a, r, n);
      case EXP, LOG, TANH -> throw new IllegalArgumentException(primitive + " goes by float64");
      case LT -> lt(a, b, r, n);
      case LE -> le(a, b, r, n);
      case EQ -> eq(a, b, r, n);
      case SELECT -> select(a, b, c, r, n);
    }
  }

  static void add(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] + b[i];
    }
  }

  private static void sub(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] - b[i];
    }
  }

  private static void mul(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] * b[i];
    }
  }

  private static void div(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] / b[i];
    }
  }

  private static void max(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.max(a[i], b[i]);
    }
  }

  private static void min(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.min(a[i], b[i]);
    }
  }

  private static void abs(float[] a, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.abs(a[i]);
    }
  }

  private static void sqrt(float[] a, float[] r, int n) {
    // Rounding twice does no harm: a double has more than twice a float's digits.
    for (int i = 0; i < n; i++) {
      r[i] = (float) Math.sqrt(a[i]);
    }
  }

  private static void lt(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Float.intBitsToFloat(a[i] < b[i] ? ONE : 0);
    }
  }

  private static void le(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Float.intBitsToFloat(a[i] <= b[i] ? ONE : 0);
    }
  }

  private static void eq(float[] a, float[] b, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Float.intBitsToFloat(a[i] == b[i] ? ONE : 0);
    }
  }

  private static void select(float[] a, float[] b, float[] c, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      int whenTrue = Float.floatToRawIntBits(b[i]);
      int whenFalse = Float.floatToRawIntBits(c[i]);
      r[i] = Float.intBitsToFloat(a[i] != 0 ? whenTrue : whenFalse);
    }
  }

  /** Computes {@code r[i] = routine(a[i])}, rounded once. */
  static void routine(DoubleUnaryOperator routine, float[] a, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = (float) routine.applyAsDouble(a[i]);
    }
  }

  /** Computes {@code r[i] = a[i]} in double precision. */
  static void widen(float[] a, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i];
    }
  }

  /** Computes {@code r[i] = a[i]}, rounded to nearest. */
  static void narrow(double[] a, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = (float) a[i];
    }
  }
}
