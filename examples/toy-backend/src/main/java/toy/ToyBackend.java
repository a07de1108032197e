package toy;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;

/** Keeps everything in double[] and rounds to the dtype after each operation. */
final class ToyBackend implements Backend {
  record ToyBuffer(DType dtype, double[] values) implements Buffer {
    @Override
    public long size() {
      return values.length;
    }
  }

  private static double[] values(Buffer buffer) {
    return ((ToyBuffer) buffer).values();
  }

  // Storage.

  @Override
  public Buffer allocate(DType dtype, long size) {
    return new ToyBuffer(dtype, new double[Math.toIntExact(size)]);
  }

  @Override
  public void upload(float[] source, Buffer target) {
    for (int i = 0; i < source.length; i++) {
      values(target)[i] = source[i];
    }
  }

  @Override
  public void upload(double[] source, Buffer target) {
    System.arraycopy(source, 0, values(target), 0, source.length);
  }

  @Override
  public void download(Buffer source, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) values(source)[i];
    }
  }

  @Override
  public void download(Buffer source, double[] target) {
    System.arraycopy(values(source), 0, target, 0, target.length);
  }

  // Elementwise. Element i is read before it is written, so the result may be one of the operands.

  @Override
  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
    double[] out = values(result);
    for (int i = 0; i < out.length; i++) {
      double a = read(operands, 0, i);
      double b = read(operands, 1, i);
      double c = read(operands, 2, i);
      out[i] = result.dtype().round(primitive.evaluate(a, b, c));
    }
  }

  private static double read(List<Operand> operands, int argument, int i) {
    if (argument >= operands.size()) {
      return 0;
    }
    if (operands.get(argument) instanceof Operand.View view) {
      return values(view.buffer())[(int) (i / view.repeat() % view.period())];
    }
    return ((Operand.Constant) operands.get(argument)).value();
  }

  // Reductions of [outer, n, inner] along n. Math.max and Math.min propagate NaN, as they must.

  @Override
  public void reduce(
      Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
    double[] in = values(source);
    for (int r = 0; r < outer * inner; r++) {
      int start = (int) (r / inner * n * inner + r % inner);
      double value = reduction == Reduction.SUM ? 0 : in[start];
      for (int j = 0; j < n; j++) {
        double element = in[start + j * (int) inner];
        switch (reduction) {
          case SUM -> value += element;
          case MAX -> value = Math.max(value, element);
          case MIN -> value = Math.min(value, element);
        }
      }
      values(result)[r] = result.dtype().round(value);
    }
  }

  // Matrix product, with both transposes and a batch whose matrices may be shared (stride 0).

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
    int m = (int) spec.m();
    int n = (int) spec.n();
    int k = (int) spec.k();
    for (int batch = 0; batch < spec.batch(); batch++) {
      int startA = (int) (batch * spec.strideA());
      int startB = (int) (batch * spec.strideB());
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            double left = values(a)[startA + (spec.transposeA() ? p * m + i : i * k + p)];
            double right = values(b)[startB + (spec.transposeB() ? j * k + p : p * n + j)];
            sum += left * right;
          }
          values(result)[(batch * m + i) * n + j] = result.dtype().round(sum);
        }
      }
    }
  }

  // Strided copy: count through the extents like an odometer.

  @Override
  public void copy(
      Buffer source,
      long sourceOffset,
      long[] sourceStrides,
      Buffer target,
      long targetOffset,
      long[] targetStrides,
      long[] extents) {
    long[] index = new long[extents.length];
    long from = sourceOffset;
    long to = targetOffset;
    while (true) {
      values(target)[(int) to] = values(source)[(int) from];
      int axis = extents.length - 1;
      while (axis >= 0 && ++index[axis] == extents[axis]) {
        from -= (extents[axis] - 1) * sourceStrides[axis];
        to -= (extents[axis] - 1) * targetStrides[axis];
        index[axis--] = 0;
      }
      if (axis < 0) {
        return;
      }
      from += sourceStrides[axis];
      to += targetStrides[axis];
    }
  }
}
