package io.ember4j.conformance;

import static io.ember4j.conformance.Wrapper.product;
import static io.ember4j.conformance.Wrapper.reduction;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Reduction;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Defects of reductions and matrix products. */
final class ReductionDefects {
  private ReductionDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "min-reduces-the-wrong-axis",
            "MIN over [outer, n, inner] runs along the innermost axis.",
            WrongAxis::new,
            "RD-1.every-axis-set",
            "RD-4.nan-wins",
            "TP-4.max-min"),
        Defect.of(
            "min-refuses-a-shape-it-is-given",
            "MIN over an axis of extent 1 throws an exception of its own.",
            RefusesExtentOne::new,
            "RD-1.every-axis-set",
            "RD-4.nan-wins",
            "RD-5.infinities"),
        Defect.of(
            "max-drops-nan",
            "MAX compares by >, which drops NaN.",
            () ->
                reduction(
                    layout -> layout.is(Reduction.MAX),
                    (slice, right) -> {
                      double largest = slice[0];
                      for (double v : slice) {
                        largest = v > largest ? v : largest;
                      }
                      return largest;
                    }),
            "RD-4.nan-wins",
            "TP-4.max-min"),
        Defect.of(
            "max-starts-at-the-lowest-number",
            "MAX over nothing but -infinity is the lowest finite number.",
            () ->
                reduction(
                    layout -> layout.is(Reduction.MAX) && layout.outer() == 2,
                    (slice, right) -> Math.max(right, -Float.MAX_VALUE)),
            "RD-5.infinities"),
        Defect.of(
            "sum-of-nothing-is-left-over",
            "SUM over no elements leaves in the result what was there.",
            () ->
                reduction(
                    layout -> layout.is(Reduction.SUM) && layout.n() == 0, (slice, right) -> 5),
            "RD-6.nothing",
            "TP-2.broadcast"),
        Defect.of(
            "sum-loses-its-tail",
            "SUM of more than 1000 elements leaves out the one after the last whole vector.",
            () ->
                reduction(
                    layout ->
                        layout.is(Reduction.SUM)
                            && layout.outer() * layout.inner() == 1
                            && layout.n() > 1000
                            && layout.n() % 16 != 0,
                    (slice, right) -> right - slice[slice.length - 1]),
            "RD-7.whole-numbers",
            "RD-8.bound",
            "PR-11.softmax-sums"),
        Defect.of(
            "sum-has-a-float-accumulator",
            "SUM of float64 adds up in float32.",
            () ->
                reduction(
                    layout ->
                        layout.is(Reduction.SUM)
                            && layout.dtype() == DType.FLOAT64
                            && layout.n() == 4098,
                    (slice, right) -> {
                      float sum = 0;
                      for (double v : slice) {
                        sum += (float) v;
                      }
                      return sum;
                    }),
            "RD-8.bound",
            "PR-11.softmax-sums"),
        Defect.of(
            "sum-has-no-order",
            "SUM begins at another element each time, as one does that depends on threads.",
            () -> new SumsInAnyOrder(100_000),
            "RD-9.repeats"),
        Defect.of(
            "sum-depends-on-time",
            "Every second SUM is off in its last digits.",
            () -> {
              AtomicInteger calls = new AtomicInteger();
              return reduction(
                  layout -> layout.is(Reduction.SUM) && layout.n() == RepetitionRules.LENGTH,
                  (slice, right) -> right * (1 + calls.getAndIncrement() % 2 * 1e-6));
            },
            "PR-4.deterministic"),
        Defect.of(
            "matmul-loses-the-tail-of-k",
            "A product over k leaves out the terms after the last whole block of 16.",
            () -> product(s -> s.k() == 600, ReductionDefects::withoutTail),
            "MM-1.bound"),
        Defect.of(
            "matmul-ignores-one-of-two-transposes",
            "A product of two transposed factors reads the left one as it lies.",
            () ->
                product(
                    s -> s.transposeA() && s.transposeB(),
                    s -> spec(s, false, s.strideA(), s.strideB())),
            "MM-2.transposed",
            "TP-3.matmul",
            "TP-3.batches"),
        Defect.of(
            "matmul-transposes-only-squares",
            "A transposed left factor is read as it lies unless it is square.",
            () ->
                product(
                    s -> s.transposeA() && s.m() != s.k(),
                    s -> spec(s, false, s.strideA(), s.strideB())),
            "MM-2.transposed",
            "TP-3.matmul",
            "TP-3.batches",
            "TP-13.network"),
        Defect.of(
            "matmul-shares-the-right-factor",
            "Every product of a batch takes the first right factor.",
            () -> product(s -> true, s -> spec(s, s.transposeA(), s.strideA(), 0)),
            "MM-3.batches",
            "TP-3.batches"),
        Defect.of(
            "matmul-shares-the-transposed-left-factor",
            "Every product of a batch takes the first left factor if it is transposed.",
            () -> product(MatmulSpec::transposeA, s -> spec(s, true, 0, s.strideB())),
            "TP-3.batches"),
        Defect.of(
            "matmul-skips-zeros",
            "A product leaves out terms with a factor of 0, of which NaN and infinity make NaN.",
            () ->
                product(
                    s -> s.batch() == 1 && !s.transposeA() && !s.transposeB(),
                    ReductionDefects::withoutZeros),
            "MM-5.not-finite"),
        Defect.of(
            "matmul-depends-on-time",
            "Every second product of 130 by 130 is off in its last digits.",
            () -> {
              AtomicInteger calls = new AtomicInteger();
              return product(
                  s -> s.m() == 130 && s.n() == 130,
                  (s, a, b, c) -> c[0] *= 1 + calls.getAndIncrement() % 2 * 1e-6);
            },
            "MM-7.repeats"),
        Defect.of(
            "matmul-of-a-layer-loses-its-last-row",
            "x W^T leaves out the last row of x.",
            () ->
                product(
                    s -> s.transposeB() && s.k() == 17 && s.n() == 5 && s.m() > 1,
                    (s, a, b, c) -> {
                      for (int j = 1; j <= s.n(); j++) {
                        c[c.length - j] = 0;
                      }
                    }),
            "NN-3.dense"));
  }

  private static MatmulSpec spec(MatmulSpec s, boolean transposeA, long strideA, long strideB) {
    return new MatmulSpec(
        s.batch(), s.m(), s.n(), s.k(), transposeA, s.transposeB(), strideA, strideB);
  }

  private static void withoutTail(MatmulSpec s, double[] a, double[] b, double[] c) {
    for (int i = 0; i < c.length; i++) {
      for (long p = s.k() / 16 * 16; p < s.k(); p++) {
        c[i] -= a[(int) (i / s.n() * s.k() + p)] * b[(int) (p * s.n() + i % s.n())];
      }
    }
  }

  private static void withoutZeros(MatmulSpec s, double[] a, double[] b, double[] c) {
    for (int i = 0; i < c.length; i++) {
      c[i] = 0;
      for (int p = 0; p < s.k(); p++) {
        double factor = b[(int) (p * s.n() + i % s.n())];
        c[i] += factor == 0 ? 0 : a[(int) (i / s.n() * s.k() + p)] * factor;
      }
    }
  }

  private static final class WrongAxis extends Wrapper {
    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      boolean wrong = reduction == Reduction.MIN && inner > 1;
      super.reduce(reduction, source, wrong ? outer * inner : outer, n, wrong ? 1 : inner, result);
    }
  }

  private static final class RefusesExtentOne extends Wrapper {
    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      if (reduction == Reduction.MIN && n == 1) {
        throw new IllegalArgumentException("nothing to compare");
      }
      super.reduce(reduction, source, outer, n, inner, result);
    }
  }

  /** A sum in float32, or float64, that begins anywhere. */
  static final class SumsInAnyOrder extends Wrapper {
    private final int length;
    private int calls;

    SumsInAnyOrder(int length) {
      this.length = length;
    }

    @Override
    public synchronized void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      super.reduce(reduction, source, outer, n, inner, result);
      if (reduction == Reduction.SUM && n == length && outer == 1) {
        double[] from = read(source);
        double[] sums = new double[(int) inner];
        int start = calls++ % length;
        for (int i = 0; i < sums.length; i++) {
          for (int k = 0; k < n; k++) {
            double next = from[(start + k) % length * (int) inner + i];
            sums[i] = result.dtype().round(sums[i] + next);
          }
        }
        write(result, sums);
      }
    }
  }
}
