package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Defects of what backends claim to do beyond the required floor, and of how they do it. */
final class CapabilityDefects {
  private static final String[] FUSION = {"capability fusion float32", "capability fusion float64"};
  private static final String[] EPILOGUE = {
    "capability epilogue float32", "capability epilogue float64"
  };

  private CapabilityDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "native-sigmoid-is-not-declared",
            "A right native sigmoid is missing from the profile.",
            () -> Capable.functions(f -> f.name().equals("sigmoid"), (x, y, right) -> right),
            "CA-2.native"),
        Defect.of(
                "native-sigmoid-is-declared-for-both-dtypes",
                "The profile declares a native sigmoid in float64, which the backend has not.",
                () ->
                    Capable.functions(
                        (f, dtype) -> f.name().equals("sigmoid") && dtype == DType.FLOAT32,
                        (x, y, right) -> right),
                "CA-2.native")
            .declaring("capability native sigmoid float32", "capability native sigmoid float64"),
        Defect.of(
            "softmax-is-not-declared",
            "A right softmax in one pass is missing from the profile.",
            () -> Capable.softmax((slice, logarithm, right) -> {}),
            "CA-1.softmax"),
        Defect.of(
            "fusion-is-not-declared",
            "Right fusion is missing from the profile.",
            () -> Capable.fusing(Evaluation::rounded),
            "CA-3.fusion"),
        Defect.of(
                "fusion-is-declared-and-absent",
                "The profile declares fusion, which the backend has not.",
                NaiveBackend::new,
                "CA-3.fusion")
            .declaring(FUSION),
        Defect.of(
            "epilogue-is-not-declared",
            "A right epilogue is missing from the profile.",
            () -> Capable.epilogue((spec, product, right) -> {}),
            "CA-4.epilogue"),
        Defect.of(
                "slices-are-not-declared",
                "That slices are read rightly is missing from the profile.",
                () -> Capable.slicing(slice -> slice),
                "CA-7.slices")
            .declaring(FUSION),
        Defect.of(
                "slices-begin-at-the-first-run",
                "A slice is read from the beginning of the tensor.",
                () -> Capable.slicing(s -> new Operand.Slice(s.buffer(), 0, s.run(), s.stride())),
                "LY-8.parts")
            .declaring(
                FUSION[0], FUSION[1], "capability slices float32", "capability slices float64"),
        Defect.of(
                "fusion-contracts-to-fma",
                "A fused x * y + z is rounded once, not twice.",
                () -> Capable.fusing(CapabilityDefects::contracted),
                "CA-5.fusion-same-bits",
                "RX-1.exact")
            .declaring(FUSION),
        Defect.of(
                "declared-bound-is-too-wide",
                "The profile declares a bound for exp that nothing measured comes near.",
                NaiveBackend::new,
                "CA-6.declared-bounds")
            .declaring("bound exp float32 100 to be on the safe side"),
        Defect.of(
                "epilogue-is-left-out-in-a-tail",
                "The columns after the last whole vector of 8 are stored without the epilogue.",
                () ->
                    Capable.epilogue(
                        (spec, product, right) -> {
                          for (int i = 0; i < right.length && spec.n() == 19; i++) {
                            right[i] = i % 19 >= 16 ? product[i] : right[i];
                          }
                        }),
                "MM-6.epilogue")
            .declaring(EPILOGUE),
        Defect.of(
                "epilogue-of-a-layer-is-left-out-in-a-tail",
                "The last of 33 columns of a layer is stored without its bias and activation.",
                () ->
                    Capable.epilogue(
                        (spec, product, right) -> {
                          for (int i = 0; i < right.length && spec.m() == 5; i++) {
                            right[i] = spec.n() == 33 && i % 33 == 32 ? product[i] : right[i];
                          }
                        }),
                "NN-4.fused")
            .declaring(EPILOGUE),
        Defect.of(
            "unknown-functions-are-compiled-in-half",
            "Functions of users are computed in 11 bits.",
            () ->
                Capable.functions(
                    (f, dtype) -> isUsers(f) && dtype == DType.FLOAT32 && f.arity() == 1,
                    (x, y, right) -> right * (1 + 0x1p-12)),
            "UD-1.formula",
            "UD-2.derivative",
            "UD-5.duplicate",
            "TP-13.own-function"),
        Defect.of(
            "compiled-functions-keep-their-first-parameters",
            "A function of a user is compiled once, with the parameters of its first call in it.",
            KeepsParameters::new,
            "UD-3.parameters",
            "UD-4.config"),
        Defect.of(
            "gradients-of-unknown-functions-are-those-of-the-body",
            "A function of a user gets the gradient of its formula, not the one it was given.",
            () ->
                Capable.functions(
                    (f, dtype) -> f.name().equals("conformance_straight_through_backward"),
                    (x, upstream, right) -> Double.isNaN(x) ? right : 0 * upstream),
            "UD-2.derivative"));
  }

  /** Returns whether the function is none of the api's. */
  private static boolean isUsers(NamedFunction function) {
    return function.name().startsWith("conformance_") && !function.name().endsWith("_backward");
  }

  /** Rounds a sum of a product once, and everything else as is right. */
  private static double contracted(Expr expression, DType dtype, double... inputs) {
    if (!(expression instanceof Expr.Apply apply)) {
      return Evaluation.rounded(expression, dtype, inputs);
    }
    double[] a =
        apply.arguments().stream().mapToDouble(x -> contracted(x, dtype, inputs)).toArray();
    if (apply.operation() == Primitive.ADD
        && apply.arguments().get(0) instanceof Expr.Apply product
        && product.operation() == Primitive.MUL) {
      double x = contracted(product.arguments().get(0), dtype, inputs);
      double y = contracted(product.arguments().get(1), dtype, inputs);
      return dtype == DType.FLOAT64
          ? Math.fma(x, y, a[1])
          : Math.fma((float) x, (float) y, (float) a[1]);
    }
    return Evaluation.apply(apply, dtype, a);
  }

  private static final class KeepsParameters extends Wrapper {
    private final Map<String, List<Operand>> compiled = new ConcurrentHashMap<>();

    @Override
    public boolean supports(NamedFunction function, DType dtype) {
      return isUsers(function) && function.arity() == 3;
    }

    @Override
    public void apply(NamedFunction function, List<Operand> operands, Buffer result) {
      List<Operand> first = compiled.computeIfAbsent(function.name(), name -> operands);
      int n = (int) result.size();
      double[] x = NaiveBackend.values(operands, 0, n);
      double[] y = NaiveBackend.values(first, 1, n);
      double[] z = NaiveBackend.values(first, 2, n);
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = result.dtype().round(Evaluation.function(function, x[i], y[i], z[i]));
      }
      write(result, values);
    }
  }
}
