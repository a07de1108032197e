package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Ways in which a backend may be wrong, each with the rule that is meant to find it. */
final class StructuralDefects {
  private StructuralDefects() {}

  /** Returns the broken backends by the id of the rule. */
  static Map<String, UnaryOperator<Backend>> byRule() {
    Map<String, UnaryOperator<Backend>> defects = new LinkedHashMap<>();
    defects.put("ST-1.round-trip", FlushesSubnormals::new);
    defects.put("ST-2.tails", UploadsWholeVectors::new);
    defects.put("ST-4.conversion", Truncates::new);
    defects.put("ST-6.fresh", RecyclesTwice::new);
    defects.put("BC-1.all-pairs", IgnoresRepeat::new);
    defects.put("BC-2.views", SwapsColumns::new);
    defects.put("RD-4.nan-wins", DropsNan::new);
    defects.put("RD-7.whole-numbers", LosesTail::new);
    defects.put("RD-9.repeats", SumsInAnyOrder::new);
    defects.put("MM-2.transposed", IgnoresTranspose::new);
    defects.put("MM-3.batches", SharesTheRight::new);
    defects.put("MM-5.not-finite", SkipsZeros::new);
    defects.put("LY-4.concat", IgnoresTargetOffset::new);
    defects.put("LY-7.bits", AddsZeroInCopies::new);
    defects.put("LC-3.in-place", ClearsFirst::new);
    defects.put("LC-5.operands-stay", SortsItsOperand::new);
    defects.put("RN-5.edges", SelectsByArithmetic::new);
    defects.put("SL-4.swapping", SharesScratch::new);
    return defects;
  }

  private static final class FlushesSubnormals extends RequiredFloor {
    FlushesSubnormals(Backend good) {
      super(good);
    }

    @Override
    public void upload(float[] source, Buffer target) {
      float[] copy = source.clone();
      for (int i = 0; i < copy.length; i++) {
        copy[i] = Math.abs(copy[i]) < Float.MIN_NORMAL ? copy[i] * 0 : copy[i];
      }
      good.upload(copy, target);
    }
  }

  private static final class UploadsWholeVectors extends RequiredFloor {
    UploadsWholeVectors(Backend good) {
      super(good);
    }

    @Override
    public void upload(double[] source, Buffer target) {
      double[] copy = source.clone();
      for (int i = copy.length / 16 * 16; i < copy.length && copy.length > 16; i++) {
        copy[i] = 0;
      }
      good.upload(copy, target);
    }
  }

  private static final class Truncates extends RequiredFloor {
    Truncates(Backend good) {
      super(good);
    }

    @Override
    public void convert(Buffer source, Buffer target) {
      double[] values = read(source);
      for (int i = 0; i < values.length && target.dtype() == DType.FLOAT32; i++) {
        float near = (float) values[i];
        values[i] = Math.abs(near) > Math.abs(values[i]) ? Math.nextAfter(near, 0) : near;
      }
      write(target, values);
    }
  }

  private static final class RecyclesTwice extends RequiredFloor {
    private final List<Buffer> pool = new ArrayList<>();

    RecyclesTwice(Backend good) {
      super(good);
    }

    @Override
    public synchronized void release(Buffer buffer) {
      pool.add(buffer);
    }

    @Override
    public synchronized Buffer allocate(DType dtype, long size) {
      for (Buffer buffer : pool) {
        if (buffer.dtype() == dtype && buffer.size() == size) {
          return buffer;
        }
      }
      return good.allocate(dtype, size);
    }
  }

  private static final class IgnoresRepeat extends RequiredFloor {
    IgnoresRepeat(Backend good) {
      super(good);
    }

    @Override
    public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
      List<Operand> wrong = new ArrayList<>();
      for (Operand operand : operands) {
        wrong.add(
            operand instanceof Operand.View view ? new Operand.View(view.buffer(), 1) : operand);
      }
      good.apply(primitive, wrong, result);
    }
  }

  private static final class SwapsColumns extends RequiredFloor {
    SwapsColumns(Backend good) {
      super(good);
    }

    /** What a library with only "tensor minus column" may do for "column minus tensor". */
    @Override
    public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
      boolean column = operands.get(0) instanceof Operand.View view && view.repeat() > 1;
      if (primitive == Primitive.SUB && column) {
        good.apply(primitive, List.of(operands.get(1), operands.get(0)), result);
      } else {
        good.apply(primitive, operands, result);
      }
    }
  }

  private static final class DropsNan extends RequiredFloor {
    DropsNan(Backend good) {
      super(good);
    }

    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      if (reduction != Reduction.MAX) {
        good.reduce(reduction, source, outer, n, inner, result);
        return;
      }
      double[] values = read(source);
      double[] largest = new double[(int) result.size()];
      for (int i = 0; i < largest.length; i++) {
        int start = (int) (i / inner * n * inner + i % inner);
        largest[i] = values[start];
        for (int j = 1; j < n; j++) {
          double value = values[start + j * (int) inner];
          largest[i] = value > largest[i] ? value : largest[i];
        }
      }
      write(result, largest);
    }
  }

  private static final class LosesTail extends RequiredFloor {
    LosesTail(Backend good) {
      super(good);
    }

    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      if (reduction == Reduction.SUM && outer == 1 && inner == 1 && n > 1000 && n % 16 != 0) {
        double[] values = read(source);
        values[values.length - 1] = 0;
        Buffer copy = good.allocate(source.dtype(), source.size());
        write(copy, values);
        good.reduce(reduction, copy, outer, n, inner, result);
      } else {
        good.reduce(reduction, source, outer, n, inner, result);
      }
    }
  }

  private static final class SumsInAnyOrder extends RequiredFloor {
    private int calls;

    SumsInAnyOrder(Backend good) {
      super(good);
    }

    @Override
    public synchronized void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      if (reduction == Reduction.SUM && outer == 1 && inner == 1 && n > 1) {
        double[] values = read(source);
        double sum = 0;
        int start = calls++ % values.length;
        for (int i = 0; i < values.length; i++) {
          sum = source.dtype().round(sum + values[(start + i) % values.length]);
        }
        write(result, sum);
      } else {
        good.reduce(reduction, source, outer, n, inner, result);
      }
    }
  }

  private static final class IgnoresTranspose extends RequiredFloor {
    IgnoresTranspose(Backend good) {
      super(good);
    }

    @Override
    public void matmul(MatmulSpec s, Buffer a, Buffer b, Buffer result) {
      boolean both = s.transposeA() && s.transposeB();
      good.matmul(
          new MatmulSpec(
              s.batch(),
              s.m(),
              s.n(),
              s.k(),
              s.transposeA() && !both,
              s.transposeB(),
              s.strideA(),
              s.strideB()),
          a,
          b,
          result);
    }
  }

  private static final class SharesTheRight extends RequiredFloor {
    SharesTheRight(Backend good) {
      super(good);
    }

    @Override
    public void matmul(MatmulSpec s, Buffer a, Buffer b, Buffer result) {
      good.matmul(
          new MatmulSpec(
              s.batch(), s.m(), s.n(), s.k(), s.transposeA(), s.transposeB(), s.strideA(), 0),
          a,
          b,
          result);
    }
  }

  private static final class SkipsZeros extends RequiredFloor {
    SkipsZeros(Backend good) {
      super(good);
    }

    @Override
    public void matmul(MatmulSpec s, Buffer a, Buffer b, Buffer result) {
      if (s.batch() > 1 || s.transposeA() || s.transposeB()) {
        good.matmul(s, a, b, result);
        return;
      }
      double[] x = read(a);
      double[] y = read(b);
      double[] c = new double[(int) s.resultSize()];
      for (int i = 0; i < c.length; i++) {
        for (int j = 0; j < s.k(); j++) {
          double factor = y[j * (int) s.n() + i % (int) s.n()];
          if (factor != 0) {
            c[i] += x[i / (int) s.n() * (int) s.k() + j] * factor;
          }
        }
      }
      write(result, c);
    }
  }

  private static final class IgnoresTargetOffset extends RequiredFloor {
    IgnoresTargetOffset(Backend good) {
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
      good.copy(source, sourceOffset, sourceStrides, target, 0, targetStrides, extents);
    }
  }

  private static final class AddsZeroInCopies extends RequiredFloor {
    AddsZeroInCopies(Backend good) {
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
      super.copy(source, sourceOffset, sourceStrides, target, targetOffset, targetStrides, extents);
      double[] values = read(target);
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.0;
      }
      write(target, values);
    }
  }

  private static final class ClearsFirst extends RequiredFloor {
    ClearsFirst(Backend good) {
      super(good);
    }

    @Override
    public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
      if (primitive == Primitive.SELECT) {
        write(result, new double[(int) result.size()]);
      }
      good.apply(primitive, operands, result);
    }
  }

  private static final class SortsItsOperand extends RequiredFloor {
    SortsItsOperand(Backend good) {
      super(good);
    }

    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      good.reduce(reduction, source, outer, n, inner, result);
      if (reduction == Reduction.MIN || reduction == Reduction.MAX) {
        double[] values = read(source);
        java.util.Arrays.sort(values);
        write(source, values);
      }
    }
  }

  private static final class SelectsByArithmetic extends RequiredFloor {
    SelectsByArithmetic(Backend good) {
      super(good);
    }

    @Override
    public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
      if (primitive != Primitive.SELECT) {
        good.apply(primitive, operands, result);
        return;
      }
      Buffer chosen = good.allocate(result.dtype(), result.size());
      Buffer other = good.allocate(result.dtype(), result.size());
      Operand condition = operands.get(0);
      good.apply(Primitive.MUL, List.of(condition, operands.get(1)), chosen);
      good.apply(Primitive.SUB, List.of(new Operand.Constant(1), condition), other);
      Operand.View rest = new Operand.View(other, 1);
      good.apply(Primitive.MUL, List.of(rest, operands.get(2)), other);
      good.apply(Primitive.ADD, List.of(new Operand.View(chosen, 1), rest), result);
    }
  }

  private static final class SharesScratch extends RequiredFloor {
    private double[] scratch = {};

    SharesScratch(Backend good) {
      super(good);
    }

    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      if (reduction != Reduction.SUM || outer != 1 || inner != 1 || n == 0) {
        good.reduce(reduction, source, outer, n, inner, result);
        return;
      }
      scratch = read(source);
      double sum = 0;
      for (int i = 0; i < n && i < scratch.length; i++) {
        if (i % 1000 == 999) {
          java.util.concurrent.locks.LockSupport.parkNanos(1);
        }
        sum += scratch[i];
        scratch[i] = 0;
      }
      write(result, sum);
    }
  }
}
