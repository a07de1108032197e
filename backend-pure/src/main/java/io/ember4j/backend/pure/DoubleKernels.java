package io.ember4j.backend.pure;

import io.ember4j.expr.Primitive;
import java.util.function.DoubleUnaryOperator;

/** One loop per primitive, in float64; see {@link FloatKernels}, its twin. */
final class DoubleKernels {
  private static final long ONE = Double.doubleToRawLongBits(1);

  private DoubleKernels() {}

  /** Computes {@code r[i] = primitive(a[i], b[i], c[i])}; reads no more than the arity. */
  static void apply(Primitive primitive, double[] a, double[] b, double[] c, double[] r, int n) {
    switch (primitive) {
      case ADD -> add(a, b, r, n);
      case SUB -> sub(a, b, r, n);
      case MUL -> mul(a, b, r, n);
      case DIV -> div(a, b, r, n);
      case MAX -> max(a, b, r, n);
      case MIN -> min(a, b, r, n);
      case ABS -> abs(a, r, n);
      case SQRT -> sqrt(a, r, n);
      case EXP -> exp(a, r, n);
      case LOG -> log(a, r, n);
      case TANH -> tanh(a, r, n);
      case LT -> lt(a, b, r, n);
      case LE -> le(a, b, r, n);
      case EQ -> eq(a, b, r, n);
      case SELECT -> select(a, b, c, r, n);
    }
  }

  static void add(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] + b[i];
    }
  }

  private static void sub(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] - b[i];
    }
  }

  private static void mul(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] * b[i];
    }
  }

  private static void div(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] / b[i];
    }
  }

  private static void max(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.max(a[i], b[i]);
    }
  }

  private static void min(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.min(a[i], b[i]);
    }
  }

  private static void abs(double[] a, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.abs(a[i]);
    }
  }

  private static void sqrt(double[] a, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.sqrt(a[i]);
    }
  }

  private static void exp(double[] a, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.exp(a[i]);
    }
  }

  private static void log(double[] a, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.log(a[i]);
    }
  }

  private static void tanh(double[] a, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.tanh(a[i]);
    }
  }

  private static void lt(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Double.longBitsToDouble(a[i] < b[i] ? ONE : 0);
    }
  }

  private static void le(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Double.longBitsToDouble(a[i] <= b[i] ? ONE : 0);
    }
  }

  private static void eq(double[] a, double[] b, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Double.longBitsToDouble(a[i] == b[i] ? ONE : 0);
    }
  }

  private static void select(double[] a, double[] b, double[] c, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      long whenTrue = Double.doubleToRawLongBits(b[i]);
      long whenFalse = Double.doubleToRawLongBits(c[i]);
      r[i] = Double.longBitsToDouble(a[i] != 0 ? whenTrue : whenFalse);
    }
  }

  /** Computes {@code r[i] = routine(a[i])}. */
  static void routine(DoubleUnaryOperator routine, double[] a, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = routine.applyAsDouble(a[i]);
    }
  }
}
