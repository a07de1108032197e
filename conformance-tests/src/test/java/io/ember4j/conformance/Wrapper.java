package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;

/** The naive backend, for a subclass to break in one place. */
class Wrapper implements Backend {
  private final NaiveBackend whole = new NaiveBackend();

  @Override
  public Buffer allocate(DType dtype, long size) {
    return whole.allocate(dtype, size);
  }

  @Override
  public void upload(float[] source, Buffer target) {
    whole.upload(source, target);
  }

  @Override
  public void upload(double[] source, Buffer target) {
    whole.upload(source, target);
  }

  @Override
  public void download(Buffer source, float[] target) {
    whole.download(source, target);
  }

  @Override
  public void download(Buffer source, double[] target) {
    whole.download(source, target);
  }

  @Override
  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
    whole.apply(primitive, operands, result);
  }

  @Override
  public void reduce(
      Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
    whole.reduce(reduction, source, outer, n, inner, result);
  }

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
    whole.matmul(spec, a, b, result);
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
    whole.copy(source, sourceOffset, sourceStrides, target, targetOffset, targetStrides, extents);
  }

  /** Changes elements of one primitive: gets the operands' values and the right result. */
  interface Defect {
    double of(double a, double b, double right);
  }

  /** Returns a backend whose primitive has the defect where the trigger says so. */
  static Backend primitive(Primitive broken, Trigger trigger, Defect defect) {
    return new Wrapper() {
      @Override
      public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
        if (primitive != broken || !trigger.fires(operands, result)) {
          super.apply(primitive, operands, result);
          return;
        }
        double[][] read = new double[2][NaiveBackend.of(result).length];
        for (int i = 0; i < read[0].length; i++) {
          read[0][i] = NaiveBackend.read(operands, 0, i);
          read[1][i] = NaiveBackend.read(operands, 1, i);
        }
        super.apply(primitive, operands, result);
        double[] values = NaiveBackend.of(result);
        for (int i = 0; i < values.length; i++) {
          double wrong = defect.of(read[0][i], read[1][i], values[i]);
          values[i] = result.dtype().round(wrong);
        }
      }
    };
  }

  /** When a defect shows. */
  interface Trigger {
    boolean fires(List<Operand> operands, Buffer result);
  }
}
