package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The naive backend, for a subclass to break in one place. */
class Wrapper extends RequiredFloor {
  Wrapper() {
    super(new NaiveBackend());
  }

  /** When a defect in elementwise work shows. */
  interface Trigger {
    boolean fires(List<Operand> operands, Buffer result);
  }

  /** Changes elements of one primitive: gets the operands' values and the right result. */
  interface OfThree {
    double of(double a, double b, double c, double right);
  }

  /** Changes elements of a primitive of at most two operands. */
  interface OfTwo {
    double of(double a, double b, double right);
  }

  static Trigger size(int size) {
    return (operands, result) -> result.size() == size;
  }

  static Trigger size(DType dtype, int size) {
    return (operands, result) -> result.dtype() == dtype && result.size() == size;
  }

  /** Every operand is a tensor of the result's size. */
  static boolean full(List<Operand> operands, Buffer result) {
    return operands.stream().allMatch(o -> o instanceof Operand.View v && v.isFull(result.size()));
  }

  /** The result replaces one of the operands. */
  static boolean inPlace(List<Operand> operands, Buffer result) {
    return operands.stream().anyMatch(o -> o instanceof Operand.View v && v.buffer() == result);
  }

  static Backend primitive(Primitive broken, Trigger trigger, OfTwo defect) {
    return elements(broken, trigger, (a, b, c, right) -> defect.of(a, b, right));
  }

  static Backend elements(Primitive broken, Trigger trigger, OfThree defect) {
    return new Wrapper() {
      @Override
      public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
        if (primitive != broken || !trigger.fires(operands, result)) {
          super.apply(primitive, operands, result);
          return;
        }
        int n = NaiveBackend.of(result).length;
        double[] a = NaiveBackend.values(operands, 0, n);
        double[] b = NaiveBackend.values(operands, 1, n);
        double[] c = NaiveBackend.values(operands, 2, n);
        super.apply(primitive, operands, result);
        double[] values = NaiveBackend.of(result);
        for (int i = 0; i < n; i++) {
          values[i] = result.dtype().round(defect.of(a[i], b[i], c[i], values[i]));
        }
      }
    };
  }

  /** Changes what one primitive reads. */
  static Backend operands(Primitive broken, Trigger trigger, UnaryOperator<List<Operand>> defect) {
    return new Wrapper() {
      @Override
      public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
        boolean fires = primitive == broken && trigger.fires(operands, result);
        super.apply(primitive, fires ? defect.apply(operands) : operands, result);
      }
    };
  }

  /** Changes what one primitive has written; the whole result is given. */
  static Backend result(Primitive broken, Trigger trigger, UnaryOperator<double[]> defect) {
    return new Wrapper() {
      @Override
      public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
        super.apply(primitive, operands, result);
        if (primitive == broken && trigger.fires(operands, result)) {
          write(result, defect.apply(read(result)));
        }
      }
    };
  }

  /** What is reduced, and how it lies. */
  record Layout(Reduction reduction, DType dtype, int outer, int n, int inner) {
    boolean is(Reduction other) {
      return reduction == other;
    }

    /** Returns the place in the source of element k of a slice. */
    int place(int slice, int k) {
      return (slice / inner * n + k) * inner + slice % inner;
    }
  }

  /** Computes one element of a reduction wrongly, from its slice and the right result. */
  interface SliceDefect {
    double of(double[] slice, double right);
  }

  static Backend reduction(Predicate<Layout> trigger, SliceDefect defect) {
    return new Wrapper() {
      @Override
      public void reduce(
          Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
        super.reduce(reduction, source, outer, n, inner, result);
        Layout layout = new Layout(reduction, result.dtype(), (int) outer, (int) n, (int) inner);
        if (!trigger.test(layout)) {
          return;
        }
        double[] from = read(source);
        double[] to = read(result);
        for (int i = 0; i < to.length; i++) {
          double[] slice = new double[layout.n()];
          for (int k = 0; k < slice.length; k++) {
            slice[k] = from[layout.place(i, k)];
          }
          to[i] = result.dtype().round(defect.of(slice, to[i]));
        }
        write(result, to);
      }
    };
  }

  /** Changes what a matrix product is told. */
  static Backend product(Predicate<MatmulSpec> trigger, UnaryOperator<MatmulSpec> defect) {
    return new Wrapper() {
      @Override
      public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
        super.matmul(trigger.test(spec) ? defect.apply(spec) : spec, a, b, result);
      }
    };
  }

  /** Changes a product, given both factors. */
  interface ProductDefect {
    void change(MatmulSpec spec, double[] a, double[] b, double[] product);
  }

  static Backend product(Predicate<MatmulSpec> trigger, ProductDefect defect) {
    return new Wrapper() {
      @Override
      public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
        super.matmul(spec, a, b, result);
        if (trigger.test(spec)) {
          double[] product = read(result);
          defect.change(spec, read(a), read(b), product);
          write(result, product);
        }
      }
    };
  }

  /** A strided copy. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Copy(
      long sourceSize,
      long sourceOffset,
      long[] sourceStrides,
      long targetSize,
      long targetOffset,
      long[] targetStrides,
      long[] extents) {
    Copy from(long offset, long... strides) {
      return new Copy(
          sourceSize, offset, strides, targetSize, targetOffset, targetStrides, extents);
    }

    Copy to(long offset, long... strides) {
      return new Copy(
          sourceSize, sourceOffset, sourceStrides, targetSize, offset, strides, extents);
    }

    Copy of(long... fewer) {
      return new Copy(
          sourceSize, sourceOffset, sourceStrides, targetSize, targetOffset, targetStrides, fewer);
    }
  }

  static Backend copies(Predicate<Copy> trigger, UnaryOperator<Copy> defect) {
    return new Wrapper() {
      @Override
      public void copy(
          Buffer source,
          long sourceOffset,
          long[] sourceStrides,
          Buffer target,
          long targetOffset,
          long[] targetStrides,
          long[] extents) {
        Copy right =
            new Copy(
                source.size(),
                sourceOffset,
                sourceStrides,
                target.size(),
                targetOffset,
                targetStrides,
                extents);
        Copy c = trigger.test(right) ? defect.apply(right) : right;
        super.copy(
            source,
            c.sourceOffset(),
            c.sourceStrides(),
            target,
            c.targetOffset(),
            c.targetStrides(),
            c.extents());
      }
    };
  }

  /** When a defect in storage shows. */
  interface Stored {
    boolean fires(DType dtype, long size);
  }

  static Stored stored(DType dtype, long size) {
    return (d, n) -> d == dtype && n == size;
  }

  /** Changes what is uploaded. */
  static Backend uploads(Stored trigger, UnaryOperator<double[]> defect) {
    return new Wrapper() {
      @Override
      public void upload(float[] source, Buffer target) {
        super.upload(source, target);
        change(target);
      }

      @Override
      public void upload(double[] source, Buffer target) {
        super.upload(source, target);
        change(target);
      }

      private void change(Buffer target) {
        if (trigger.fires(target.dtype(), target.size())) {
          write(target, defect.apply(read(target)));
        }
      }
    };
  }

  /** Changes what is downloaded. */
  static Backend downloads(Stored trigger, UnaryOperator<double[]> defect) {
    return new Wrapper() {
      @Override
      public void download(Buffer source, float[] target) {
        super.download(changed(source), target);
      }

      @Override
      public void download(Buffer source, double[] target) {
        super.download(changed(source), target);
      }

      private Buffer changed(Buffer source) {
        if (!trigger.fires(source.dtype(), source.size())) {
          return source;
        }
        Buffer copy = allocate(source.dtype(), source.size());
        write(copy, defect.apply(read(source)));
        return copy;
      }
    };
  }
}
