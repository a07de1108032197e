package io.ember4j.conformance;

import static io.ember4j.conformance.Wrapper.primitive;

import io.ember4j.DType;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Backends that are broken on purpose, and the rules that must catch them, they and no other.
 *
 * <p>Most rules compute with most primitives, so a primitive that is broken everywhere would break
 * many rules at once and show nothing about any one of them. So each defect is confined to what
 * only its rule looks at: a size that no other rule uses, an input that only one reference table or
 * one rule holds, or two operands of full size. Where two rules read the same table (tanh the
 * primitive and tanh the activation), both must catch it.
 */
final class BrokenBackends {
  /** The number of pairs that the exact rules of ElementwiseRules compute with. */
  private static final int PAIRS = Data.pairs(DType.FLOAT32, ElementwiseRules.PAIRS)[0].length;

  /**
   * A broken backend.
   *
   * @param name what is broken
   * @param backend makes it
   * @param profile what it declares
   * @param caughtBy the rules that must fail, all others must pass
   */
  record Broken(
      String name, Supplier<Backend> backend, List<String> profile, Set<String> caughtBy) {
    @Override
    public String toString() {
      return name + " -> " + caughtBy;
    }
  }

  private BrokenBackends() {}

  static List<Broken> all() {
    return List.of(
        broken(
            "max-keeps-a-where-b-is-nan",
            () ->
                primitive(
                    Primitive.MAX,
                    BrokenBackends::views,
                    (a, b, right) -> Double.isNaN(b) ? a : right),
            "EW-7.max-nan"),
        broken(
            "min-keeps-b-where-a-is-nan",
            () ->
                primitive(
                    Primitive.MIN,
                    BrokenBackends::views,
                    (a, b, right) -> Double.isNaN(a) ? b : right),
            "EW-8.min-nan"),
        broken(
            "sub-swaps-its-operands",
            () -> primitive(Primitive.SUB, size(PAIRS), (a, b, right) -> b - a),
            "EW-2.sub-exact"),
        broken(
            "div-swaps-its-operands",
            () -> primitive(Primitive.DIV, size(PAIRS), (a, b, right) -> b / a),
            "EW-4.div-exact"),
        broken(
            "mul-flushes-subnormal-results",
            () ->
                primitive(
                    Primitive.MUL,
                    size(PAIRS),
                    (a, b, right) -> Math.abs(right) < Float.MIN_NORMAL ? 0 * right : right),
            "EW-3.mul-exact"),
        broken(
            "le-is-lt-at-infinity",
            () ->
                primitive(
                    Primitive.LE,
                    BrokenBackends::views,
                    (a, b, right) -> Double.isInfinite(a) && a == b ? 0 : right),
            "EW-10.le-exact"),
        broken(
            "select-blends",
            () -> select((c, taken, other) -> Double.isNaN(other) ? other : taken),
            "EW-12.select-nan"),
        broken(
            "select-takes-only-1-for-true",
            () -> select((c, taken, other) -> c > 1 && !Double.isNaN(other) ? other : taken),
            "EW-12.select-exact"),
        broken(
            "exp-flushes-subnormal-results",
            () ->
                primitive(
                    Primitive.EXP,
                    (operands, result) -> result.dtype() == DType.FLOAT32,
                    (a, b, right) -> a > -95.3425 && a < -95.3325 ? 0 : right),
            "EW-13.exp-values",
            "GR-32.exp-values",
            "GR-32.exp-composed",
            "GR-32.exp-upstream"),
        broken(
            "log-of-minus-zero-is-nan",
            () ->
                primitive(
                    Primitive.LOG,
                    (operands, result) -> true,
                    (a, b, right) -> Ulp.sameBits(a, -0.0) ? Double.NaN : right),
            "EW-14.log-specials"),
        broken(
            "tanh-is-a-polynomial-somewhere",
            () ->
                primitive(
                    Primitive.TANH,
                    (operands, result) -> result.dtype() == DType.FLOAT32,
                    (a, b, right) -> a > 0.7894 && a < 0.7896 ? right * (1 + 1e-6) : right),
            "EW-15.tanh-values",
            "AC-16.tanh-values",
            "AC-16.tanh-composed"),
        broken(
            "tanh-is-not-odd-somewhere",
            () ->
                primitive(
                    Primitive.TANH,
                    (operands, result) -> result.dtype() == DType.FLOAT64,
                    (a, b, right) ->
                        Math.abs(a + 1.0187673105451402) < 1e-9 ? Math.nextUp(right) : right),
            "PR-9.odd-tanh"),
        broken(
            "sqrt-repeats-an-element-in-its-tail",
            () ->
                new Wrapper() {
                  @Override
                  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
                    super.apply(primitive, operands, result);
                    double[] values = NaiveBackend.of(result);
                    if (primitive == Primitive.SQRT && values.length == 67) {
                      values[66] = values[65];
                    }
                  }
                },
            "PR-1.position-primitives"),
        broken("add-writes-into-its-operand", BrokenBackends::aliasing, "PR-3.inputs-untouched"),
        broken("sum-depends-on-time", BrokenBackends::unsteadySum, "PR-4.deterministic"),
        broken(
            "view-ignores-its-repeat",
            () ->
                new Wrapper() {
                  @Override
                  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
                    boolean column =
                        primitive == Primitive.LT
                            && result.size() == 60
                            && operands.get(1) instanceof Operand.View v
                            && v.repeat() == 15;
                    List<Operand> read =
                        column
                            ? List.of(
                                operands.get(0),
                                new Operand.View(((Operand.View) operands.get(1)).buffer(), 1))
                            : operands;
                    super.apply(primitive, read, result);
                  }
                },
            "PR-5.view-operands"),
        broken("exp-shares-state-between-threads", BrokenBackends::sharedState, "PR-7.threads"),
        new Broken(
            "native-sigmoid-is-inaccurate",
            () -> nativeSigmoid(true),
            List.of("capability native sigmoid float32"),
            Set.of("FN-6.sigmoid-values", "AC-14.sigmoid-values")),
        broken("native-sigmoid-is-not-declared", () -> nativeSigmoid(false), "CA-2.native"),
        new Broken(
            "softmax-of-nothing-is-zero",
            BrokenBackends::softmaxOfNothing,
            List.of("capability softmax float32", "capability softmax float64"),
            Set.of("AC-28.softmax-specials")),
        new Broken(
            "declared-bound-is-too-wide",
            NaiveBackend::new,
            List.of("bound exp float32 100 to be on the safe side"),
            Set.of("CA-6.declared-bounds")));
  }

  private static Broken broken(String name, Supplier<Backend> backend, String... caughtBy) {
    return new Broken(name, backend, List.of(), Set.of(caughtBy));
  }

  private static boolean views(List<Operand> operands, Buffer result) {
    return operands.stream().allMatch(o -> o instanceof Operand.View v && v.isFull(result.size()));
  }

  private static Wrapper.Trigger size(int size) {
    return (operands, result) -> result.size() == size;
  }

  /** What a broken select gives, from the condition, the branch to take and the other one. */
  private interface SelectDefect {
    double applyAsDouble(double condition, double taken, double other);
  }

  /** A select over as many elements as EW-12 has that takes another value. */
  private static Backend select(SelectDefect wrong) {
    int size = 2 * Data.specials(DType.FLOAT32).length;
    return new Wrapper() {
      @Override
      public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
        boolean blends = primitive == Primitive.SELECT && result.size() == size;
        double[] blended = new double[blends ? size : 0];
        for (int i = 0; i < blended.length; i++) {
          double c = NaiveBackend.read(operands, 0, i);
          double taken = NaiveBackend.read(operands, c != 0 ? 1 : 2, i);
          double other = NaiveBackend.read(operands, c != 0 ? 2 : 1, i);
          blended[i] = wrong.applyAsDouble(c, taken, other);
        }
        super.apply(primitive, operands, result);
        System.arraycopy(blended, 0, NaiveBackend.of(result), 0, blended.length);
      }
    };
  }

  private static Backend aliasing() {
    return new Wrapper() {
      @Override
      public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
        super.apply(primitive, operands, result);
        if (primitive == Primitive.ADD
            && result.size() == 67
            && operands.get(0) instanceof Operand.View view
            && operands.get(0).equals(operands.get(1))) {
          NaiveBackend.of(view.buffer())[0] = NaiveBackend.of(result)[0];
        }
      }
    };
  }

  private static Backend unsteadySum() {
    AtomicInteger calls = new AtomicInteger();
    return new Wrapper() {
      @Override
      public void reduce(
          Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
        super.reduce(reduction, source, outer, n, inner, result);
        if (reduction == Reduction.SUM && n == RepetitionRules.LENGTH) {
          double[] sums = NaiveBackend.of(result);
          sums[0] = result.dtype().round(sums[0] * (1 + calls.getAndIncrement() % 2 * 1e-6));
        }
      }
    };
  }

  private static Backend sharedState() {
    Thread first = Thread.currentThread();
    return primitive(
        Primitive.EXP,
        (operands, result) -> Thread.currentThread() != first,
        (a, b, right) -> right * (1 + 1e-6));
  }

  private static Backend nativeSigmoid(boolean inaccurate) {
    return new Wrapper() {
      @Override
      public boolean supports(NamedFunction function, DType dtype) {
        return function == Functions.SIGMOID && dtype == DType.FLOAT32;
      }

      @Override
      public void apply(NamedFunction function, List<Operand> operands, Buffer result) {
        double[] values = new double[(int) result.size()];
        for (int i = 0; i < values.length; i++) {
          double x = NaiveBackend.read(operands, 0, i);
          double right = function.routine().orElseThrow().applyAsDouble(x);
          boolean near = inaccurate && x > 1.0247 && x < 1.0251;
          values[i] = (float) (near ? right * (1 + 1e-6) : right);
        }
        System.arraycopy(values, 0, NaiveBackend.of(result), 0, values.length);
      }
    };
  }

  /** Softmax in one pass that is right but for rows of three times -infinity. */
  private static Backend softmaxOfNothing() {
    return new Wrapper() {
      @Override
      public boolean supportsSoftmax(DType dtype) {
        return true;
      }

      @Override
      public void softmax(
          Buffer source, long outer, long n, long inner, boolean logarithm, Buffer result) {
        double[] x = NaiveBackend.of(source);
        double[] y = NaiveBackend.of(result);
        for (long slice = 0; slice < outer * inner; slice++) {
          int first = (int) (slice / inner * n * inner + slice % inner);
          double max = Double.NEGATIVE_INFINITY;
          for (int k = 0; k < n; k++) {
            max = Math.max(max, x[first + k * (int) inner]);
          }
          double sum = 0;
          for (int k = 0; k < n; k++) {
            sum += Math.exp(x[first + k * (int) inner] - max);
          }
          boolean nothing = !logarithm && n == 3 && max == Double.NEGATIVE_INFINITY;
          for (int k = 0; k < n; k++) {
            double below = x[first + k * (int) inner] - max;
            double value = logarithm ? below - Math.log(sum) : Math.exp(below) / sum;
            y[first + k * (int) inner] = nothing ? 0 : result.dtype().round(value);
          }
        }
      }
    };
  }
}
