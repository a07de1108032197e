package io.ember4j.naive;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Epilogue;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The plainest backend there is, for the api's own tests; it watches how it is used. */
public final class NaiveBackend implements Backend {
  /** What it does beyond the required floor. */
  public enum Feature {
    FUNCTIONS,
    FUSION,
    SLICES,
    SOFTMAX,
    EPILOGUE
  }

  /** The required floor alone; the default of the tests. */
  public static final NaiveBackend NAIVE = new NaiveBackend("naive");

  /** A second one, with native functions. */
  public static final NaiveBackend OTHER = new NaiveBackend("other", Feature.FUNCTIONS);

  /** One with everything. */
  public static final NaiveBackend RICH = new NaiveBackend("rich", Feature.values());

  private final Ledger ledger;
  private final Set<Feature> features = EnumSet.noneOf(Feature.class);

  public NaiveBackend(String name, Feature... features) {
    this.ledger = new Ledger(name);
    this.features.addAll(List.of(features));
  }

  public Ledger ledger() {
    return ledger;
  }

  private NaiveBuffer checked(Buffer buffer) {
    return NaiveBuffer.of(buffer, ledger);
  }

  @Override
  public Buffer allocate(DType dtype, long size) {
    ledger.call();
    ledger.allocated();
    return new NaiveBuffer(ledger, dtype, size);
  }

  @Override
  public void release(Buffer buffer) {
    ledger.released(((NaiveBuffer) buffer).release());
  }

  @Override
  public void upload(float[] source, Buffer target) {
    ledger.call();
    for (int i = 0; i < source.length; i++) {
      checked(target).set(i, source[i]);
    }
  }

  @Override
  public void upload(double[] source, Buffer target) {
    ledger.call();
    for (int i = 0; i < source.length; i++) {
      checked(target).set(i, source[i]);
    }
  }

  @Override
  public void download(Buffer source, float[] target) {
    ledger.call(Ledger.DOWNLOAD);
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) checked(source).get(i);
    }
  }

  @Override
  public void download(Buffer source, double[] target) {
    ledger.call(Ledger.DOWNLOAD);
    for (int i = 0; i < target.length; i++) {
      target[i] = checked(source).get(i);
    }
  }

  private double[] element(List<Operand> operands, long i, DType dtype) {
    double[] values = new double[operands.size()];
    for (int k = 0; k < values.length; k++) {
      if (operands.get(k) instanceof Operand.View view) {
        NaiveBuffer buffer = checked(view.buffer());
        if (buffer.dtype() != dtype) {
          ledger.violation("an operand of " + buffer.dtype() + " for a result of " + dtype);
        }
        values[k] = buffer.get((i / view.repeat()) % buffer.size());
      } else if (operands.get(k) instanceof Operand.Slice slice) {
        if (!features.contains(Feature.SLICES)) {
          ledger.violation("a slice for a backend that does not read slices");
        }
        NaiveBuffer buffer = checked(slice.buffer());
        values[k] = buffer.get(slice.offset() + i / slice.run() * slice.stride() + i % slice.run());
      } else {
        values[k] = ((Operand.Constant) operands.get(k)).value();
      }
    }
    return values;
  }

  private void run(Expr expression, List<Operand> operands, Buffer result) {
    NaiveBuffer target = checked(result);
    if (target.size() == 0) {
      ledger.violation("an empty result");
    }
    try {
      ledger.call();
    } catch (Ledger.InjectedFailure e) {
      target.set(0, NaiveBuffer.GARBAGE); // as if it had begun
      throw e;
    }
    DType dtype = target.dtype();
    for (long i = 0; i < target.size(); i++) {
      double[] inputs = element(operands, i, dtype);
      target.set(i, Evaluator.evaluate(expression, dtype::round, true, inputs));
    }
  }

  @Override
  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
    Expr[] inputs = new Expr[primitive.arity()];
    Arrays.setAll(inputs, Expr::input);
    run(Expr.apply(primitive, inputs), operands, result);
  }

  @Override
  public void reduce(
      Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
    ledger.call();
    NaiveBuffer from = checked(source);
    NaiveBuffer to = checked(result);
    if (from.size() != outer * n * inner || to.size() != outer * inner) {
      ledger.violation("sizes that do not fit the reduction");
    }
    for (long i = 0; i < outer * inner; i++) {
      double value = reduction == Reduction.SUM ? 0 : Double.NaN;
      for (long k = 0; k < n; k++) {
        double x = from.get((i / inner * n + k) * inner + i % inner);
        value =
            switch (reduction) {
              case SUM -> value + x;
              case MAX -> k == 0 ? x : Math.max(value, x);
              case MIN -> k == 0 ? x : Math.min(value, x);
            };
      }
      to.set(i, value);
    }
  }

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
    ledger.call();
    NaiveBuffer left = checked(a);
    NaiveBuffer right = checked(b);
    NaiveBuffer product = checked(result);
    for (long i = 0; i < spec.resultSize(); i++) {
      long matrix = i / (spec.m() * spec.n());
      long row = i / spec.n() % spec.m();
      long column = i % spec.n();
      double sum = 0;
      for (long p = 0; p < spec.k(); p++) {
        long ai = spec.transposeA() ? p * spec.m() + row : row * spec.k() + p;
        long bi = spec.transposeB() ? column * spec.k() + p : p * spec.n() + column;
        sum += left.get(matrix * spec.strideA() + ai) * right.get(matrix * spec.strideB() + bi);
      }
      product.set(i, sum);
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
    ledger.call();
    long count = Arrays.stream(extents).reduce(1, (x, y) -> x * y);
    for (long i = 0; i < count; i++) {
      long from = sourceOffset;
      long to = targetOffset;
      long rest = i;
      for (int axis = extents.length - 1; axis >= 0; axis--) {
        from += rest % extents[axis] * sourceStrides[axis];
        to += rest % extents[axis] * targetStrides[axis];
        rest /= extents[axis];
      }
      checked(target).set(to, checked(source).get(from));
    }
  }

  @Override
  public boolean supports(NamedFunction function, DType dtype) {
    return features.contains(Feature.FUNCTIONS);
  }

  @Override
  public void apply(NamedFunction function, List<Operand> operands, Buffer result) {
    Expr[] inputs = new Expr[function.arity()];
    Arrays.setAll(inputs, Expr::input);
    run(function.apply(inputs), operands, result);
  }

  @Override
  public boolean fuses(Expr expression, DType dtype) {
    return features.contains(Feature.FUSION);
  }

  @Override
  public void evaluate(Expr expression, List<Operand> operands, Buffer result) {
    run(expression, operands, result);
  }

  @Override
  public boolean readsSlices(DType dtype) {
    return features.contains(Feature.SLICES);
  }

  @Override
  public boolean supportsSoftmax(DType dtype) {
    return features.contains(Feature.SOFTMAX);
  }

  @Override
  public void softmax(
      Buffer source, long outer, long n, long inner, boolean logarithm, Buffer result) {
    ledger.call();
    NaiveBuffer from = checked(source);
    for (long i = 0; i < outer * inner; i++) {
      long start = i / inner * n * inner + i % inner;
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (long k = 0; k < n; k++) {
        max = Math.max(max, from.get(start + k * inner));
      }
      for (long k = 0; k < n; k++) {
        sum += Math.exp(from.get(start + k * inner) - max);
      }
      for (long k = 0; k < n; k++) {
        double shifted = from.get(start + k * inner) - max;
        double value = logarithm ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
        checked(result).set(start + k * inner, value);
      }
    }
  }

  @Override
  public boolean fusesEpilogue(Expr expression, DType dtype) {
    return features.contains(Feature.EPILOGUE);
  }

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Epilogue epilogue, Buffer result) {
    matmul(spec, a, b, result);
    run(epilogue.expression(), epilogue.operands(), result);
  }
}
