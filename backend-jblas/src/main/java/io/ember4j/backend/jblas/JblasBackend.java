package io.ember4j.backend.jblas;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;
import org.jblas.JavaBlas;

/**
 * Computes on jblas matrices.
 *
 * <p>It announces no named function, since jblas has none of them: the api composes them from the
 * primitives here.
 */
final class JblasBackend implements Backend {
  private final Gemm gemm;
  private final List<String> notes;

  JblasBackend(Gemm gemm, List<String> notes) {
    this.gemm = gemm;
    this.notes = List.copyOf(notes);
  }

  /** Returns a backend with jblas' native matrix product if that works here, else with ours. */
  static JblasBackend create() {
    NativeLibrary library = NativeLibrary.found();
    return library.works()
        ? new JblasBackend(new NativeGemm(), List.of())
        : new JblasBackend(new JavaGemm(), List.of(library.note()));
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public Buffer allocate(DType dtype, long size) {
    return new JblasBuffer(dtype, size);
  }

  @Override
  public void upload(float[] source, Buffer target) {
    System.arraycopy(source, 0, JblasBuffer.floats(target).data, 0, source.length);
  }

  @Override
  public void upload(double[] source, Buffer target) {
    System.arraycopy(source, 0, JblasBuffer.doubles(target).data, 0, source.length);
  }

  @Override
  public void download(Buffer source, float[] target) {
    System.arraycopy(JblasBuffer.floats(source).data, 0, target, 0, target.length);
  }

  @Override
  public void download(Buffer source, double[] target) {
    System.arraycopy(JblasBuffer.doubles(source).data, 0, target, 0, target.length);
  }

  @Override
  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
    if (result.dtype() == DType.FLOAT32) {
      FloatPrimitives.apply(primitive, operands, JblasBuffer.floats(result));
    } else {
      DoublePrimitives.apply(primitive, operands, JblasBuffer.doubles(result));
    }
  }

  @Override
  public void reduce(
      Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
    if (result.dtype() == DType.FLOAT32) {
      float[] in = JblasBuffer.floats(source).data;
      float[] out = JblasBuffer.floats(result).data;
      FloatReductions.reduce(reduction, in, (int) outer, (int) n, (int) inner, out);
    } else {
      double[] in = JblasBuffer.doubles(source).data;
      double[] out = JblasBuffer.doubles(result).data;
      DoubleReductions.reduce(reduction, in, (int) outer, (int) n, (int) inner, out);
    }
  }

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
    if (result.dtype() == DType.FLOAT32) {
      gemm.multiply(
          spec,
          JblasBuffer.floats(a).data,
          JblasBuffer.floats(b).data,
          JblasBuffer.floats(result).data);
    } else {
      gemm.multiply(
          spec,
          JblasBuffer.doubles(a).data,
          JblasBuffer.doubles(b).data,
          JblasBuffer.doubles(result).data);
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
    StridedCopy.Row row;
    if (source.dtype() == DType.FLOAT32) {
      float[] from = JblasBuffer.floats(source).data;
      float[] to = JblasBuffer.floats(target).data;
      row = (n, s, sStep, t, tStep) -> JavaBlas.rcopy(n, from, s, sStep, to, t, tStep);
    } else {
      double[] from = JblasBuffer.doubles(source).data;
      double[] to = JblasBuffer.doubles(target).data;
      row = (n, s, sStep, t, tStep) -> JavaBlas.rcopy(n, from, s, sStep, to, t, tStep);
    }
    StridedCopy.of(extents, sourceStrides, targetStrides, row)
        .run((int) sourceOffset, (int) targetOffset);
  }

  @Override
  public void convert(Buffer source, Buffer target) {
    if (source.dtype() == DType.FLOAT32) {
      float[] from = JblasBuffer.floats(source).data;
      double[] to = JblasBuffer.doubles(target).data;
      for (int i = 0; i < to.length; i++) {
        to[i] = from[i];
      }
    } else {
      double[] from = JblasBuffer.doubles(source).data;
      float[] to = JblasBuffer.floats(target).data;
      for (int i = 0; i < to.length; i++) {
        to[i] = (float) from[i];
      }
    }
  }
}
