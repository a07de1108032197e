package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.Arrays;
import java.util.List;

/**
 * The required floor in the most obvious way: arrays of doubles, one loop per method, each result
 * rounded to the dtype. Slow, and easy to see that it is right.
 */
final class NaiveBackend implements Backend {
  /** Elements as doubles that are numbers of the dtype. */
  @SuppressWarnings("ArrayRecordComponent") // the storage itself
  record Values(DType dtype, double[] elements) implements Buffer {
    @Override
    public long size() {
      return elements.length;
    }
  }

  static double[] of(Buffer buffer) {
    return ((Values) buffer).elements();
  }

  @Override
  public Buffer allocate(DType dtype, long size) {
    return new Values(dtype, new double[Math.toIntExact(size)]);
  }

  @Override
  public void upload(float[] source, Buffer target) {
    for (int i = 0; i < source.length; i++) {
      of(target)[i] = source[i];
    }
  }

  @Override
  public void upload(double[] source, Buffer target) {
    System.arraycopy(source, 0, of(target), 0, source.length);
  }

  @Override
  public void download(Buffer source, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) of(source)[i];
    }
  }

  @Override
  public void download(Buffer source, double[] target) {
    System.arraycopy(of(source), 0, target, 0, target.length);
  }

  @Override
  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
    int n = of(result).length;
    double[] a = readable(operands, 0, n);
    double[] b = operands.size() > 1 ? readable(operands, 1, n) : a;
    double[] c = operands.size() > 2 ? readable(operands, 2, n) : a;
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = evaluate(primitive, a[i], b[i], c[i], result.dtype());
    }
    System.arraycopy(values, 0, of(result), 0, n);
  }

  /** Returns what an operand holds for each element, without a copy where it lies like that. */
  private static double[] readable(List<Operand> operands, int index, int n) {
    return operands.get(index) instanceof Operand.View view && view.isFull(n)
        ? of(view.buffer())
        : values(operands, index, n);
  }

  /** A quotient of floats is rounded as floats; rounding it to double first could round twice. */
  static double evaluate(Primitive primitive, double a, double b, double c, DType dtype) {
    return primitive == Primitive.DIV && dtype == DType.FLOAT32
        ? (float) a / (float) b
        : dtype.round(primitive.evaluate(a, b, c));
  }

  /** Returns what operand number {@code index} holds for each element; 0 where there is none. */
  static double[] values(List<Operand> operands, int index, int n) {
    double[] values = new double[n];
    if (index < operands.size() && operands.get(index) instanceof Operand.View view) {
      double[] all = of(view.buffer());
      int repeat = (int) view.repeat();
      for (int i = 0; i < n; i++) {
        values[i] = all[i / repeat % all.length];
      }
    } else if (index < operands.size() && operands.get(index) instanceof Operand.Slice slice) {
      double[] all = of(slice.buffer());
      for (int i = 0; i < n; i++) {
        long run = i / slice.run();
        values[i] = all[(int) (slice.offset() + run * slice.stride() + i % slice.run())];
      }
    } else if (index < operands.size()) {
      Arrays.fill(values, ((Operand.Constant) operands.get(index)).value());
    }
    return values;
  }

  @Override
  public void reduce(
      Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
    for (long o = 0; o < outer; o++) {
      for (long i = 0; i < inner; i++) {
        double value =
            switch (reduction) {
              case SUM -> 0;
              case MAX -> Double.NEGATIVE_INFINITY;
              case MIN -> Double.POSITIVE_INFINITY;
            };
        for (long k = 0; k < n; k++) {
          double element = of(source)[(int) ((o * n + k) * inner + i)];
          value =
              switch (reduction) {
                case SUM -> value + element;
                case MAX -> Math.max(value, element);
                case MIN -> Math.min(value, element);
              };
        }
        of(result)[(int) (o * inner + i)] = result.dtype().round(value);
      }
    }
  }

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
    for (long p = 0; p < spec.batch(); p++) {
      for (long i = 0; i < spec.m(); i++) {
        for (long j = 0; j < spec.n(); j++) {
          double sum = 0;
          for (long k = 0; k < spec.k(); k++) {
            long atA = spec.transposeA() ? k * spec.m() + i : i * spec.k() + k;
            long atB = spec.transposeB() ? j * spec.k() + k : k * spec.n() + j;
            sum +=
                of(a)[(int) (p * spec.strideA() + atA)] * of(b)[(int) (p * spec.strideB() + atB)];
          }
          of(result)[(int) ((p * spec.m() + i) * spec.n() + j)] = result.dtype().round(sum);
        }
      }
    }
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
    copy(source, sourceOffset, sourceStrides, target, targetOffset, targetStrides, extents, 0);
  }

  private static void copy(
      Buffer source,
      long sourceOffset,
      long[] sourceStrides,
      Buffer target,
      long targetOffset,
      long[] targetStrides,
      long[] extents,
      int axis) {
    if (axis == extents.length) {
      of(target)[(int) targetOffset] = of(source)[(int) sourceOffset];
      return;
    }
    for (long i = 0; i < extents[axis]; i++) {
      copy(
          source,
          sourceOffset + i * sourceStrides[axis],
          sourceStrides,
          target,
          targetOffset + i * targetStrides[axis],
          targetStrides,
          extents,
          axis + 1);
    }
  }
}
