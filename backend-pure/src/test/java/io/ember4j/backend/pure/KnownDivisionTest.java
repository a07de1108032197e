package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.spi.Buffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownDivisionTest {
  private static final Expr X = Expr.input(0);
  private static final int DIGITS = 1 << 23;

  /** All floats in [1, 2), which stand for those of any other exponent. */
  @ParameterizedTest
  @ValueSource(doubles = {6, 3, -6, 12, 0.75, 7, 10, 0.1, 1.9999999, -1000.001})
  void givesTheBitsOfDivisionForAllDigits(double divisor) {
    float[] x = new float[DIGITS];
    float[] expected = new float[DIGITS];
    for (int i = 0; i < DIGITS; i++) {
      x[i] = i * 0x1p-23f;
      expected[i] = (x[i] + 1) / (float) divisor;
    }
    Buffer operand = Data.BACKEND.allocate(DType.FLOAT32, DIGITS);
    Data.BACKEND.upload(x, operand);
    Buffer result = Data.BACKEND.allocate(DType.FLOAT32, DIGITS);
    Data.BACKEND.evaluate(
        X.plus(1).clip(0, 2).dividedBy(divisor), List.of(Data.full(operand)), result);
    float[] actual = new float[DIGITS];
    Data.BACKEND.download(result, actual);
    assertArrayEquals(expected, actual);
  }

  @Test
  void givesTheBitsOfDivisionInBothDtypes() {
    Random random = new Random(5);
    double[] x = random.doubles(100_000, -9, 9).map(v -> random.nextInt(9) == 0 ? -3 : v).toArray();
    x[0] = Double.NaN;
    x[1] = Double.POSITIVE_INFINITY;
    x[2] = Double.NEGATIVE_INFINITY;
    x[3] = Math.nextUp(-3.0);
    for (DType dtype : DType.values()) {
      for (double divisor : new double[] {6, -6, 7, 0.3}) {
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
          double sum = dtype.round(dtype.round(x[i]) + 3);
          double limited = sum < 0 ? 0 : sum > 6 ? 6 : sum;
          expected[i] = dtype.round(limited / dtype.round(divisor));
        }
        Buffer result = Data.dirty(dtype, x.length);
        Data.BACKEND.evaluate(
            X.plus(3).clip(0, 6).dividedBy(divisor),
            List.of(Data.full(Data.buffer(dtype, x))),
            result);
        assertArrayEquals(expected, Data.values(result));
      }
    }
  }

  @Test
  void isForLimitedSumsOnly() {
    assertTrue(KnownDivision.allows(X.plus(3).clip(0, 6)));
    assertTrue(KnownDivision.allows(Expr.constant(-2.5).plus(X).clip(0, 1)));
    assertFalse(KnownDivision.allows(X.clip(0, 6)), "may be tiny");
    assertFalse(KnownDivision.allows(X.plus(1e-30).clip(0, 6)), "may be tiny");
    assertFalse(KnownDivision.allows(X.plus(3).clip(-1, 6)), "-0 may come up");
    assertFalse(KnownDivision.allows(X.plus(3).clip(0, 1e30)), "may be huge");
    assertFalse(KnownDivision.allows(X.plus(3)));
    assertFalse(KnownDivision.allows(X));
  }

  /** 1/6 is just near enough; the reciprocals of about a half of all numbers are not. */
  @Test
  void needsANearReciprocal() {
    assertEquals(1 / 6f, KnownDivision.reciprocal(6, DType.FLOAT32).orElseThrow());
    assertEquals(1 / 6.0, KnownDivision.reciprocal(6, DType.FLOAT64).orElseThrow());
    assertTrue(KnownDivision.reciprocal(1e-30, DType.FLOAT32).isEmpty());
    assertTrue(KnownDivision.reciprocal(0, DType.FLOAT64).isEmpty());
    assertTrue(KnownDivision.reciprocal(Double.NaN, DType.FLOAT64).isEmpty());
    Random random = new Random(1);
    int with = 0;
    for (int i = 0; i < 1000; i++) {
      with += KnownDivision.reciprocal(1 + random.nextFloat(), DType.FLOAT32).isPresent() ? 1 : 0;
    }
    assertTrue(with > 300 && with < 900, with + " of 1000");
  }
}
