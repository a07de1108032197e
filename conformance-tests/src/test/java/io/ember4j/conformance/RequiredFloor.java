package io.ember4j.conformance;

import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;

/** A backend that passes the required floor on to a good one, for subclasses to break. */
class RequiredFloor implements Backend {
  final Backend good;

  RequiredFloor(Backend good) {
    this.good = good;
  }

  @Override
  public Buffer allocate(io.ember4j.DType dtype, long size) {
    return good.allocate(dtype, size);
  }

  @Override
  public void release(Buffer buffer) {
    good.release(buffer);
  }

  @Override
  public void upload(float[] source, Buffer target) {
    good.upload(source, target);
  }

  @Override
  public void upload(double[] source, Buffer target) {
    good.upload(source, target);
  }

  @Override
  public void download(Buffer source, float[] target) {
    good.download(source, target);
  }

  @Override
  public void download(Buffer source, double[] target) {
    good.download(source, target);
  }

  @Override
  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
    good.apply(primitive, operands, result);
  }

  @Override
  public void reduce(
      Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
    good.reduce(reduction, source, outer, n, inner, result);
  }

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
    good.matmul(spec, a, b, result);
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
    good.copy(source, sourceOffset, sourceStrides, target, targetOffset, targetStrides, extents);
  }

  /** Returns all elements. */
  final double[] read(Buffer buffer) {
    if (buffer.dtype() == io.ember4j.DType.FLOAT64) {
      double[] values = new double[(int) buffer.size()];
      good.download(buffer, values);
      return values;
    }
    float[] values = new float[(int) buffer.size()];
    good.download(buffer, values);
    return Naive.widen(values);
  }

  /** Overwrites all elements. */
  final void write(Buffer buffer, double... values) {
    if (buffer.dtype() == io.ember4j.DType.FLOAT64) {
      good.upload(values, buffer);
    } else {
      good.upload(Naive.narrow(values), buffer);
    }
  }
}
