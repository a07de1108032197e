package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ember4j.DType;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LoopWriterTest {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    3,
    -7.25,
    1e30,
    -1e30,
    1e-40,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    2,
    100,
    -100,
    0.1
  };

  private record Case(String name, BinaryOperator<Value> code, BinaryOperator<Double> expected) {}

  private static final List<Case> CASES =
      List.of(
          new Case("plus", Value::plus, (a, b) -> a + b),
          new Case("minus", Value::minus, (a, b) -> a - b),
          new Case("times", Value::times, (a, b) -> a * b),
          new Case("divided by", Value::dividedBy, (a, b) -> a / b),
          new Case("sqrt", (a, b) -> a.sqrt(), (a, b) -> Math.sqrt(a)),
          new Case("abs", (a, b) -> a.abs(), (a, b) -> Math.abs(a)),
          new Case("negate", (a, b) -> a.negate(), (a, b) -> -a),
          new Case("min", Value::min, Math::min),
          new Case("max", Value::max, Math::max),
          new Case("lt", (a, b) -> a.lt(b).select(a, b), (a, b) -> a < b ? a : b),
          new Case("le", (a, b) -> a.le(b).select(1, b), (a, b) -> a <= b ? 1 : b),
          new Case("eq", (a, b) -> a.eq(b).select(a, 7), (a, b) -> (double) a == b ? a : 7),
          new Case("ne", (a, b) -> a.ne(b).select(a, 7), (a, b) -> (double) a != b ? a : 7),
          new Case(
              "and", (a, b) -> a.lt(b).and(a.gt(0)).select(a, b), (a, b) -> a < b && a > 0 ? a : b),
          new Case(
              "or", (a, b) -> a.lt(b).or(a.gt(0)).select(a, b), (a, b) -> a < b || a > 0 ? a : b),
          new Case(
              "sign", (a, b) -> a.abs().withSignOf(b), (a, b) -> Math.copySign(a, bitSign(b))));

  /** copySign may ignore the sign of NaN; here it counts. */
  private static double bitSign(double b) {
    return Double.doubleToRawLongBits(b) < 0 ? -1 : 1;
  }

  @TestFactory
  List<DynamicTest> anInstructionDoesWhatJavaDoes() {
    return CASES.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c))).toList();
  }

  private static void check(Case c) {
    for (DType dtype : DType.values()) {
      Code code = new Code(dtype);
      Value root = c.code().apply(code.input(0), code.input(1));
      for (long spread = 0; spread < 4; spread++) {
        Loop loop = LoopWriter.write(LoopShape.map(root, 2, spread), new ScalarWriter(dtype));
        for (double a : SPECIAL) {
          for (double b : SPECIAL) {
            double expected = dtype.round(c.expected().apply(dtype.round(a), dtype.round(b)));
            assertEquals(expected, element(dtype, loop, a, b), dtype + " " + a + ", " + b);
          }
        }
      }
    }
  }

  private static double element(DType dtype, Loop loop, double a, double b) {
    int[] offsets = {1, 0};
    if (dtype == DType.FLOAT32) {
      float[] result = new float[3];
      loop.run(
          result,
          2,
          new Object[] {new float[] {9, (float) a}, new float[] {(float) b}},
          offsets,
          1);
      return result[2];
    }
    double[] result = new double[3];
    loop.run(result, 2, new Object[] {new double[] {9, a}, new double[] {b}}, offsets, 1);
    return result[2];
  }

  @Test
  void fmaRoundsOnce() {
    // x^2 = 1 + 2^-11 + 2^-24, which is one digit too long.
    Value singles = new Code(DType.FLOAT32).input(0);
    Value rest = singles.fma(singles, -(1 + 0x1p-11));
    Loop loop = LoopWriter.write(LoopShape.map(rest, 1, 0), new ScalarWriter(DType.FLOAT32));
    assertEquals(0x1p-24, element(DType.FLOAT32, loop, 1 + 0x1p-12, 0));
    Value doubles = new Code(DType.FLOAT64).input(0);
    rest = doubles.fma(doubles, -(1 + 0x1p-26));
    loop = LoopWriter.write(LoopShape.map(rest, 1, 0), new ScalarWriter(DType.FLOAT64));
    assertEquals(0x1p-54, element(DType.FLOAT64, loop, 1 + 0x1p-27, 0));
  }

  @Test
  void integerInstructionsWorkOnTheBitsOfBothWidths() {
    checkBits(DType.FLOAT32, 1.5, v -> v.toBits().plusBits(1 << 23).fromBits(), 3);
    checkBits(DType.FLOAT64, 1.5, v -> v.toBits().plusBits(1L << 52).fromBits(), 3);
    checkBits(DType.FLOAT32, -5, v -> v.toBits().andBits(0x7FFFFFFF).fromBits(), 5);
    checkBits(DType.FLOAT64, -5, v -> v.toBits().andBits(Long.MAX_VALUE).fromBits(), 5);
    for (DType dtype : DType.values()) {
      int digits = dtype == DType.FLOAT32 ? 23 : 52;
      checkBits(dtype, 6, v -> v.toBits().shiftRight(digits).shiftLeft(digits).fromBits(), 4);
      checkBits(
          dtype, 6, v -> v.toBits().shiftRightUnsigned(digits).shiftLeft(digits).fromBits(), 4);
      checkBits(
          dtype, 6, v -> v.toBits().xorBits(v.toBits()).orBits(v.negate().toBits()).fromBits(), -6);
      checkBits(dtype, 6, v -> v.toBits().minusBits(v.toBits()).fromBits(), 0);
    }
  }

  private static void checkBits(
      DType dtype, double x, Function<Value, Value> code, double expected) {
    Value root = code.apply(new Code(dtype).input(0));
    assertEquals(
        expected,
        element(dtype, LoopWriter.write(LoopShape.map(root, 1, 0), new ScalarWriter(dtype)), x, 0));
  }

  @TestFactory
  List<DynamicTest> vectorsAndSingleElementsHaveTheSameBits() {
    assumeTrue(Simd.isAvailable());
    return CASES.stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> checkVectors(c)))
        .toList();
  }

  private static void checkVectors(Case c) {
    for (DType dtype : DType.values()) {
      Code code = new Code(dtype);
      Value root = c.code().apply(code.input(0), code.input(1));
      int n = SPECIAL.length * SPECIAL.length / 16 * 16;
      double[] a = new double[n];
      double[] b = new double[n];
      for (int i = 0; i < n; i++) {
        a[i] = SPECIAL[i % SPECIAL.length];
        b[i] = SPECIAL[i / SPECIAL.length];
      }
      for (long spread = 0; spread < 4; spread++) {
        Loop scalar = LoopWriter.write(LoopShape.map(root, 2, spread), new ScalarWriter(dtype));
        Loop vector =
            LoopWriter.write(LoopShape.map(root, 2, spread), VectorWriter.preferred(dtype));
        assertEquals(all(dtype, scalar, a, b), all(dtype, vector, a, b), dtype + " " + spread);
      }
    }
  }

  private static List<Object> all(DType dtype, Loop loop, double[] a, double[] b) {
    int[] offsets = {0, 0};
    if (dtype == DType.FLOAT64) {
      double[] result = new double[a.length];
      loop.run(result, 0, new Object[] {a, b}, offsets, a.length);
      return DoubleStream.of(result).<Object>mapToObj(Double::valueOf).toList();
    }
    float[] result = new float[a.length];
    loop.run(result, 0, new Object[] {narrow(a), narrow(b)}, offsets, a.length);
    return IntStream.range(0, result.length).<Object>mapToObj(i -> result[i]).toList();
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
