package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Epilogue;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The naive backend with an optional method that is broken somewhere. */
final class Capable {
  private Capable() {}

  /** Changes a function of x: gets x, the second operand (0 if there is none), the right result. */
  interface FunctionDefect {
    double of(double x, double y, double right);
  }

  /** A backend that has functions natively. */
  static Backend functions(Predicate<NamedFunction> natively, FunctionDefect defect) {
    return functions((function, dtype) -> natively.test(function), defect);
  }

  /** Which functions a backend claims. */
  interface Claim {
    boolean of(NamedFunction function, DType dtype);
  }

  static Backend functions(Claim claim, FunctionDefect defect) {
    return new Wrapper() {
      @Override
      public boolean supports(NamedFunction function, DType dtype) {
        return claim.of(function, dtype);
      }

      @Override
      public void apply(NamedFunction function, List<Operand> operands, Buffer result) {
        int n = (int) result.size();
        double[] values = new double[n];
        double[][] read = valuesOf(operands, n);
        for (int i = 0; i < n; i++) {
          double[] at = element(read, i);
          double right = Evaluation.function(function, at);
          values[i] = result.dtype().round(defect.of(at[0], at.length > 1 ? at[1] : 0, right));
        }
        write(result, values);
      }
    };
  }

  private static double[][] valuesOf(List<Operand> operands, int n) {
    double[][] read = new double[operands.size()][];
    for (int k = 0; k < read.length; k++) {
      read[k] = NaiveBackend.values(operands, k, n);
    }
    return read;
  }

  private static double[] element(double[][] read, int i) {
    double[] at = new double[read.length];
    for (int k = 0; k < at.length; k++) {
      at[k] = read[k][i];
    }
    return at;
  }

  /** How a backend that fuses computes one element. */
  interface Fused {
    double of(Expr expression, DType dtype, double... inputs);
  }

  /** A backend that takes whole expressions of primitives. */
  static Backend fusing(Fused fused) {
    return new Wrapper() {
      @Override
      public boolean fuses(Expr expression, DType dtype) {
        return isPlain(expression);
      }

      @Override
      public void evaluate(Expr expression, List<Operand> operands, Buffer result) {
        int n = (int) result.size();
        double[] values = new double[n];
        double[][] read = valuesOf(operands, n);
        for (int i = 0; i < n; i++) {
          values[i] = fused.of(expression, result.dtype(), element(read, i));
        }
        write(result, values);
      }
    };
  }

  /** A backend that takes whole expressions over slices, which are changed before. */
  static Backend slicing(UnaryOperator<Operand.Slice> defect) {
    return new Wrapper() {
      @Override
      public boolean fuses(Expr expression, DType dtype) {
        return isPlain(expression);
      }

      @Override
      public boolean readsSlices(DType dtype) {
        return true;
      }

      @Override
      public void evaluate(Expr expression, List<Operand> operands, Buffer result) {
        int n = (int) result.size();
        double[] values = new double[n];
        double[][] read = new double[operands.size()][];
        for (int k = 0; k < read.length; k++) {
          read[k] =
              operands.get(k) instanceof Operand.Slice slice
                  ? NaiveBackend.values(List.of(defect.apply(slice)), 0, n)
                  : NaiveBackend.values(operands, k, n);
        }
        for (int i = 0; i < n; i++) {
          values[i] = Evaluation.rounded(expression, result.dtype(), element(read, i));
        }
        write(result, values);
      }
    };
  }

  private static boolean isPlain(Expr expression) {
    return expression.nodes().stream()
        .allMatch(n -> !(n instanceof Expr.Apply a) || a.operation() instanceof Primitive);
  }

  /** Changes a product that has passed through its epilogue. */
  interface EpilogueDefect {
    void change(MatmulSpec spec, double[] product, double[] right);
  }

  /** A backend that takes an epilogue; the defect gets the bare product and the right result. */
  static Backend epilogue(EpilogueDefect defect) {
    return new Wrapper() {
      @Override
      public boolean fusesEpilogue(Expr expression, DType dtype) {
        return true;
      }

      @Override
      public void matmul(MatmulSpec spec, Buffer a, Buffer b, Epilogue epilogue, Buffer result) {
        matmul(spec, a, b, result);
        int n = (int) result.size();
        double[] product = read(result);
        double[][] read = valuesOf(epilogue.operands(), n);
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
          right[i] = Evaluation.rounded(epilogue.expression(), result.dtype(), element(read, i));
        }
        defect.change(spec, product, right);
        write(result, right);
      }
    };
  }

  /** Changes one slice of softmax, or of its logarithm. */
  interface SoftmaxDefect {
    void change(double[] slice, boolean logarithm, double[] right);
  }

  /** A backend that has softmax in one pass. */
  static Backend softmax(SoftmaxDefect defect) {
    return new Wrapper() {
      @Override
      public boolean supportsSoftmax(DType dtype) {
        return true;
      }

      @Override
      public void softmax(
          Buffer source, long outer, long n, long inner, boolean logarithm, Buffer result) {
        double[] x = read(source);
        double[] y = new double[x.length];
        Layout layout = new Layout(null, source.dtype(), (int) outer, (int) n, (int) inner);
        for (int s = 0; s < outer * inner; s++) {
          double[] slice = new double[(int) n];
          for (int k = 0; k < n; k++) {
            slice[k] = x[layout.place(s, k)];
          }
          double[] values = softmaxOf(slice, logarithm);
          defect.change(slice, logarithm, values);
          for (int k = 0; k < n; k++) {
            y[layout.place(s, k)] = result.dtype().round(values[k]);
          }
        }
        write(result, y);
      }
    };
  }

  private static double[] softmaxOf(double[] slice, boolean logarithm) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : slice) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (double x : slice) {
      sum += Math.exp(x - max);
    }
    double[] values = new double[slice.length];
    for (int k = 0; k < values.length; k++) {
      double below = slice[k] - max;
      values[k] = logarithm ? below - Math.log(sum) : Math.exp(below) / sum;
    }
    return values;
  }
}
