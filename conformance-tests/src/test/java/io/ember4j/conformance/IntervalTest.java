package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Intervals hold what they should, and little else. */
class IntervalTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double[] ENDS = {-INF, -1, 0, 1, INF};
  private static final Interval NAN = Interval.of(Double.NaN);
  private final SplittableRandom random = new SplittableRandom(7);

  private double number() {
    double[] specials = Data.specials(DType.FLOAT64);
    return switch (random.nextInt(6)) {
      case 0 -> specials[1 + random.nextInt(specials.length - 1)];
      case 1, 2 -> ENDS[random.nextInt(ENDS.length)];
      case 3 -> random.nextInt(-3, 4);
      case 4 -> Math.scalb(random.nextDouble(-1, 1), random.nextInt(-1060, 1000));
      default -> random.nextDouble(-4, 4);
    };
  }

  private Interval interval() {
    double a = number();
    double b = random.nextInt(3) == 0 ? a : number();
    return Interval.of(Math.min(a, b), Math.max(a, b));
  }

  /** Returns a number of the interval: an end, or one from anywhere. */
  private double in(Interval interval) {
    double any = number();
    return interval.contains(any) ? any : random.nextBoolean() ? interval.low() : interval.high();
  }

  private void holds(BinaryOperator<Interval> intervals, DoubleBinaryOperator numbers) {
    for (int i = 0; i < 200_000; i++) {
      Interval a = interval();
      Interval b = interval();
      Interval result = intervals.apply(a, b);
      double x = in(a);
      double y = in(b);
      double z = numbers.applyAsDouble(x, y);
      assertTrue(result.contains(z), () -> x + " and " + y + ": " + z + " is not in " + result);
    }
  }

  @Test
  void everyResultIsInTheInterval() {
    holds(Interval::plus, (a, b) -> a + b);
    holds(Interval::minus, (a, b) -> a - b);
    holds(Interval::times, (a, b) -> a * b);
    holds(Interval::dividedBy, (a, b) -> a / b);
    holds(Interval::max, Math::max);
    holds(Interval::min, Math::min);
    holds(Interval::lt, (a, b) -> a < b ? 1 : 0);
    holds(Interval::le, (a, b) -> a <= b ? 1 : 0);
    holds(Interval::eq, (a, b) -> a == b ? 1 : 0);
    holds((a, b) -> a.sqrt(), (a, b) -> Math.sqrt(a));
    holds((a, b) -> a.abs(), (a, b) -> Math.abs(a));
    holds((a, b) -> a.select(b, Interval.of(7)), (a, b) -> a != 0 ? b : 7);
    holds((a, b) -> a.plus(b).rounded(DType.FLOAT32), (a, b) -> (float) (a + b));
  }

  /** The exact sum of two doubles, not only the rounded one, lies between the ends. */
  @Test
  void everyExactResultIsInTheInterval() {
    for (int i = 0; i < 20_000; i++) {
      double a = random.nextDouble(-4, 4);
      double b = Math.scalb(random.nextDouble(-4, 4), random.nextInt(-60, 60));
      between(Interval.of(a).plus(Interval.of(b)), new BigDecimal(a).add(new BigDecimal(b)));
      between(Interval.of(a).times(Interval.of(b)), new BigDecimal(a).multiply(new BigDecimal(b)));
      Interval quotient = Interval.of(a).dividedBy(Interval.of(b));
      BigDecimal low = new BigDecimal(quotient.low()).multiply(new BigDecimal(Math.abs(b)));
      BigDecimal high = new BigDecimal(quotient.high()).multiply(new BigDecimal(Math.abs(b)));
      BigDecimal dividend = new BigDecimal(b < 0 ? -a : a);
      assertTrue(low.compareTo(dividend) <= 0 && high.compareTo(dividend) >= 0, a + " / " + b);
      Interval root = Interval.of(Math.abs(a)).sqrt();
      assertTrue(
          new BigDecimal(root.low()).pow(2).compareTo(new BigDecimal(Math.abs(a))) <= 0
              && new BigDecimal(root.high()).pow(2).compareTo(new BigDecimal(Math.abs(a))) >= 0,
          "sqrt " + a);
      narrow(quotient);
      narrow(root);
    }
  }

  private static void between(Interval interval, BigDecimal exact) {
    assertTrue(
        new BigDecimal(interval.low()).compareTo(exact) <= 0
            && new BigDecimal(interval.high()).compareTo(exact) >= 0,
        exact + " is not in " + interval);
    narrow(interval);
  }

  private static void narrow(Interval interval) {
    assertTrue(interval.high() <= Math.nextUp(interval.low()), interval.toString());
  }

  @Test
  void isAPointWhereTheResultIsExact() {
    assertEquals(Interval.of(3), Interval.of(1).plus(Interval.of(2)));
    assertEquals(Interval.of(-1.5), Interval.of(3).times(Interval.of(-0.5)));
    assertEquals(Interval.of(0.25), Interval.of(1).dividedBy(Interval.of(4)));
    assertEquals(Interval.of(5), Interval.of(25).sqrt());
    Interval inexact = Interval.of(0.1).plus(Interval.of(0.2));
    assertEquals(Math.nextUp(inexact.low()), inexact.high());
    Interval large = Interval.of(Double.MAX_VALUE);
    assertEquals(Interval.of(Double.MAX_VALUE, INF), large.plus(large));
    Interval single = Interval.of(0.1).rounded(DType.FLOAT32);
    assertEquals(Interval.of(Math.nextDown(0.1f), 0.1f), single);
  }

  @Test
  void isNanWhereTheResultMayBe() {
    Interval line = Interval.of(-INF, INF);
    assertTrue(line.minus(line).nan());
    assertTrue(Interval.of(0, 1).times(Interval.of(INF)).nan());
    assertTrue(Interval.of(0).dividedBy(Interval.of(-1, 1)).nan());
    assertFalse(Interval.of(1).dividedBy(Interval.of(-1, 1)).nan());
    assertTrue(Interval.of(-1, 4).sqrt().nan());
    assertEquals(new Interval(0, 0, true), line.dividedBy(Interval.of(INF)));
    assertEquals(NAN, Interval.of(INF).dividedBy(Interval.of(INF)));
    assertEquals(NAN, Interval.of(-2, -1).sqrt());
    assertEquals(NAN, NAN.plus(line));
    assertEquals(NAN, line.max(NAN));
    assertEquals(Interval.of(0), NAN.lt(line));
  }

  @Test
  void choicesThatAreNotDecidedAreBoth() {
    assertEquals(Interval.of(0, 1), Interval.of(1, 3).lt(Interval.of(2)));
    assertEquals(Interval.of(1), Interval.of(1, 3).lt(Interval.of(4)));
    assertEquals(Interval.of(5, 7), Interval.of(0, 1).select(Interval.of(5), Interval.of(7)));
    assertEquals(Interval.of(7), Interval.of(0).select(Interval.of(5), Interval.of(7)));
    assertEquals(Interval.of(5), NAN.select(Interval.of(5), Interval.of(7)));
    Interval maybe = new Interval(0, 0, true);
    assertEquals(Interval.of(5, 7), maybe.select(Interval.of(5), Interval.of(7)));
  }

  @Test
  void measuresTheDistanceFromTheNearerEnd() {
    Interval interval = Interval.of(1, 2);
    assertEquals(2, interval.distance(1 - 0x1p-22, DType.FLOAT32));
    assertEquals(1, interval.distance(2 + 0x1p-22, DType.FLOAT32));
    assertEquals(INF, interval.distance(Double.NaN, DType.FLOAT32));
    assertEquals(INF, NAN.distance(1, DType.FLOAT32));
  }

  @Test
  void showsItsEnds() {
    assertEquals(
        "[1.0 (0x1.0p0), NaN, from 1.0 (0x1.0p0) to 2.0 (0x1.0p1), 1.0 (0x1.0p0), or NaN]",
        Arrays.asList(
                Interval.of(1).show(DType.FLOAT32),
                NAN.show(DType.FLOAT32),
                Interval.of(1, 2).show(DType.FLOAT64),
                new Interval(1, 1, true).show(DType.FLOAT64))
            .toString());
  }
}
