package io.ember4j.conformance;

import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Ways in which a backend may be wrong that show in gradients, some of them nowhere else in a
 * network, each with the rule that is meant to find it.
 */
final class GradientDefects {
  private GradientDefects() {}

  /** Returns the broken backends by the id of the rule. */
  static Map<String, UnaryOperator<Backend>> byRule() {
    Map<String, UnaryOperator<Backend>> defects = new LinkedHashMap<>();
    defects.put("TP-1.choices", SelectReadsNan::new);
    defects.put("TP-2.broadcast", DropsTheLastRow::new);
    defects.put("TP-3.matmul", TransposesOnlySquares::new);
    defects.put("TP-3.batches", SharesTheTransposed::new);
    defects.put("TP-4.sum-mean", RepeatsTheFirst::new);
    defects.put("TP-4.max-min", NanEqualsNan::new);
    defects.put("TP-5.moves", IgnoresTargetSteps::new);
    defects.put("TP-6.softmax-exact", FlushesProducts::new);
    defects.put("TP-8.prelu-weight", ForgetsTheLastSlice::new);
    defects.put("TP-12.adam", ApproximatesRoots::new);
    defects.put("TP-13.own-function", SelectsAboveZero::new);
    defects.put("TP-14.repeats", SumsRowsInAnyOrder::new);
    return defects;
  }

  /** Changes what a primitive gives, element by element. */
  private abstract static class Elements extends RequiredFloor {
    private final Primitive broken;

    Elements(Backend good, Primitive broken) {
      super(good);
      this.broken = broken;
    }

    @Override
    public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
      if (primitive != broken) {
        good.apply(primitive, operands, result);
        return;
      }
      double[][] read = new double[3][(int) result.size()];
      for (int j = 0; j < operands.size(); j++) {
        double[] all = operands.get(j) instanceof Operand.View v ? read(v.buffer()) : null;
        for (int i = 0; i < read[j].length; i++) {
          read[j][i] =
              operands.get(j) instanceof Operand.View v
                  ? all[(int) (i / v.repeat() % all.length)]
                  : ((Operand.Constant) operands.get(j)).value();
        }
      }
      good.apply(primitive, operands, result);
      double[] values = read(result);
      for (int i = 0; i < values.length; i++) {
        values[i] = of(read[0][i], read[1][i], read[2][i], values[i]);
      }
      write(result, values);
    }

    /** Returns what the defect makes of the right result. */
    abstract double of(double a, double b, double c, double right);
  }

  private static final class SelectReadsNan extends Elements {
    SelectReadsNan(Backend good) {
      super(good, Primitive.SELECT);
    }

    @Override
    double of(double a, double b, double c, double right) {
      return Double.isNaN(b) || Double.isNaN(c) ? Double.NaN : right;
    }
  }

  private static final class NanEqualsNan extends Elements {
    NanEqualsNan(Backend good) {
      super(good, Primitive.EQ);
    }

    @Override
    double of(double a, double b, double c, double right) {
      return Double.isNaN(a) && Double.isNaN(b) ? 1 : right;
    }
  }

  private static final class FlushesProducts extends Elements {
    FlushesProducts(Backend good) {
      super(good, Primitive.MUL);
    }

    @Override
    double of(double a, double b, double c, double right) {
      return Math.abs(right) < Float.MIN_NORMAL ? 0 : right;
    }
  }

  /** A root by a reciprocal root that a table starts, as some processors have it. */
  private static final class ApproximatesRoots extends Elements {
    ApproximatesRoots(Backend good) {
      super(good, Primitive.SQRT);
    }

    @Override
    double of(double a, double b, double c, double right) {
      return right * (1 + 0x1p-12);
    }
  }

  private static final class SelectsAboveZero extends Elements {
    SelectsAboveZero(Backend good) {
      super(good, Primitive.SELECT);
    }

    @Override
    double of(double a, double b, double c, double right) {
      return a > 0 ? b : c;
    }
  }

  /** Changes what SUM gives; the elements of the source are given too. */
  private abstract static class Sums extends RequiredFloor {
    Sums(Backend good) {
      super(good);
    }

    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      good.reduce(reduction, source, outer, n, inner, result);
      if (reduction == Reduction.SUM && n > 1) {
        double[] sums = read(result);
        change(read(source), (int) outer, (int) n, (int) inner, sums);
        write(result, sums);
      }
    }

    abstract void change(double[] source, int outer, int n, int inner, double[] sums);
  }

  private static final class DropsTheLastRow extends Sums {
    DropsTheLastRow(Backend good) {
      super(good);
    }

    @Override
    void change(double[] source, int outer, int n, int inner, double[] sums) {
      for (int i = 0; i < inner && outer == 1 && inner > 1; i++) {
        sums[i] -= source[(n - 1) * inner + i];
      }
    }
  }

  private static final class ForgetsTheLastSlice extends Sums {
    ForgetsTheLastSlice(Backend good) {
      super(good);
    }

    @Override
    void change(double[] source, int outer, int n, int inner, double[] sums) {
      if (outer > 1 && inner == 1) {
        sums[outer - 1] = 0;
      }
    }
  }

  private static final class SumsRowsInAnyOrder extends Sums {
    private int calls;

    SumsRowsInAnyOrder(Backend good) {
      super(good);
    }

    @Override
    synchronized void change(double[] source, int outer, int n, int inner, double[] sums) {
      int start = calls++ % n;
      for (int i = 0; i < inner && outer == 1 && inner > 1; i++) {
        float sum = 0;
        for (int k = 0; k < n; k++) {
          sum += (float) source[(start + k) % n * inner + i];
        }
        sums[i] = sum;
      }
    }
  }

  /** Right for what a network computes forward, where the left operand is never transposed. */
  private static final class TransposesOnlySquares extends RequiredFloor {
    TransposesOnlySquares(Backend good) {
      super(good);
    }

    @Override
    public void matmul(MatmulSpec s, Buffer a, Buffer b, Buffer result) {
      boolean turned = s.transposeA() && s.m() == s.k();
      good.matmul(
          new MatmulSpec(
              s.batch(), s.m(), s.n(), s.k(), turned, s.transposeB(), s.strideA(), s.strideB()),
          a,
          b,
          result);
    }
  }

  private static final class SharesTheTransposed extends RequiredFloor {
    SharesTheTransposed(Backend good) {
      super(good);
    }

    @Override
    public void matmul(MatmulSpec s, Buffer a, Buffer b, Buffer result) {
      long strideA = s.transposeA() ? 0 : s.strideA();
      good.matmul(
          new MatmulSpec(
              s.batch(), s.m(), s.n(), s.k(), s.transposeA(), s.transposeB(), strideA, s.strideB()),
          a,
          b,
          result);
    }
  }

  /** Changes the strides of copies. */
  private abstract static class Copies extends RequiredFloor {
    Copies(Backend good) {
      super(good);
    }

    @Override
    public void copy(
        Buffer source,
        long sourceOffset,
        long[] sourceStrides,
        Buffer target,
        long targetOffset,
        long[] targetStrides,
        long[] extents) {
      long[] from = sourceStrides.clone();
      long[] to = targetStrides.clone();
      change(from, to, extents);
      good.copy(source, sourceOffset, from, target, targetOffset, to, extents);
    }

    abstract void change(long[] from, long[] to, long... extents);
  }

  /** Right for every forward copy: only the gradient of a slice writes with a step. */
  private static final class IgnoresTargetSteps extends Copies {
    IgnoresTargetSteps(Backend good) {
      super(good);
    }

    @Override
    void change(long[] from, long[] to, long... extents) {
      int last = to.length - 1;
      if (last >= 0 && to[last] > 1) {
        to[last] = 1;
      }
    }
  }

  private static final class RepeatsTheFirst extends Copies {
    RepeatsTheFirst(Backend good) {
      super(good);
    }

    @Override
    void change(long[] from, long[] to, long... extents) {
      if (from.length > 1 && from[from.length - 1] == 0) {
        java.util.Arrays.fill(from, 0);
      }
    }
  }
}
