package io.ember4j.conformance;

import static io.ember4j.conformance.Wrapper.primitive;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.expr.SpecialFunctions;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/** Defects that show only in random expressions, in properties, or in cases of others. */
final class PropertyDefects {
  private static final Operand ZERO = new Operand.Constant(0);

  private PropertyDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
                "fusion-contracts-a-minus-bc-to-an-fma",
                "A whole expression computes a - b * c with one rounding.",
                ContractsProducts::new,
                "RX-1.exact")
            .declaring("capability fusion float32", "capability fusion float64"),
        Defect.of(
                "native-sigmoid-is-inaccurate-where-it-broadcasts",
                "The native sigmoid of an operand that is repeated is off by a thousandth.",
                () ->
                    new OneFunction(
                        Functions.SIGMOID,
                        (x, unused) -> SpecialFunctions.sigmoid(x),
                        (operands, result) ->
                            operands.get(0) instanceof Operand.View view
                                && !view.isFull(result.size())),
                "RX-2.enclosed")
            .declaring("capability native sigmoid float32"),
        Defect.of(
                "native-sigmoid-gradient-is-inaccurate-at-some-sizes",
                "The native gradient of sigmoid is off by a thousandth for 33, 45 or 66 elements.",
                () ->
                    new OneFunction(
                        Functions.SIGMOID.backward(0),
                        (x, upstream) -> {
                          double slope = SpecialFunctions.sigmoidDerivative(x);
                          return slope == 0 ? 0 : slope * upstream;
                        },
                        // sizes of RX-3, and of no other rule
                        (operands, result) -> Set.of(33L, 45L, 66L).contains(result.size())),
                "RX-3.gradients")
            .declaring("capability native sigmoid_backward float32"),
        Defect.of(
            "sum-loses-its-tail-at-one-length",
            "The sum of a row of one length leaves out its last element.",
            LosesTheLast::new,
            "PR-11.softmax-sums"),
        Defect.of(
            "times-0-is-0-at-minus-infinity",
            "An infinity times the number 0 is 0.",
            () ->
                primitive(
                    Primitive.MUL,
                    (operands, result) ->
                        result.size() == CurveRules.ZERO_SLOPE_SIZE
                            && operands.stream().anyMatch(ZERO::equals),
                    (a, b, right) -> Double.isInfinite(a) || Double.isInfinite(b) ? 0 : right),
            "PR-12.zero-slope"),
        Defect.of(
            "sub-clears-its-second-operand",
            "A difference that replaces its second operand subtracts 0.",
            () ->
                primitive(
                    Primitive.SUB,
                    (operands, result) ->
                        result.size() == AliasRules.SIZE
                            && operands.get(1) instanceof Operand.View view
                            && view.buffer() == result,
                    (a, b, right) -> a),
            "EW-17.result-is-operand"),
        Defect.of(
            "tanh-saturates-too-early",
            "tanh is -1 at one point of the ONNX cases, where its float32 value is above.",
            () ->
                primitive(
                    Primitive.TANH,
                    (operands, result) -> result.dtype() == DType.FLOAT32,
                    (a, b, right) -> a == -6 ? -1 : right),
            "OX-18.tanh"));
  }

  /** Has one function natively, in float32, which is inaccurate where the trigger says so. */
  private static final class OneFunction extends Wrapper {
    private final NamedFunction known;
    private final DoubleBinaryOperator routine;
    private final Trigger wrong;

    OneFunction(NamedFunction function, DoubleBinaryOperator routine, Trigger wrong) {
      this.known = function;
      this.routine = routine;
      this.wrong = wrong;
    }

    @Override
    public boolean supports(NamedFunction function, DType dtype) {
      return function == known && dtype == DType.FLOAT32;
    }

    @Override
    public void apply(NamedFunction function, List<Operand> operands, Buffer result) {
      double[] values = new double[(int) result.size()];
      double factor = wrong.fires(operands, result) ? 1.001 : 1;
      double[] x = NaiveBackend.values(operands, 0, values.length);
      double[] upstream = NaiveBackend.values(operands, 1, values.length);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (factor * routine.applyAsDouble(x[i], upstream[i]));
      }
      System.arraycopy(values, 0, NaiveBackend.of(result), 0, values.length);
    }
  }

  private static final class LosesTheLast extends Wrapper {
    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      super.reduce(reduction, source, outer, n, inner, result);
      if (reduction == Reduction.SUM && n == SoftmaxSumRules.OWN_LENGTH) {
        double last = NaiveBackend.of(source)[SoftmaxSumRules.OWN_LENGTH - 1];
        NaiveBackend.of(result)[0] = result.dtype().round(NaiveBackend.of(result)[0] - last);
      }
    }
  }

  /** Fuses what has no named functions, each operation rounded, but for a - b * c. */
  private static final class ContractsProducts extends Wrapper {
    @Override
    public boolean fuses(Expr expression, DType dtype) {
      return expression.nodes().stream()
          .allMatch(n -> !(n instanceof Expr.Apply a) || a.operation() instanceof Primitive);
    }

    @Override
    public void evaluate(Expr expression, List<Operand> operands, Buffer result) {
      double[] values = new double[(int) result.size()];
      List<double[]> inputs = new ArrayList<>();
      for (int k = 0; k < operands.size(); k++) {
        inputs.add(NaiveBackend.values(operands, k, values.length));
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = at(expression, inputs, i, result.dtype());
      }
      System.arraycopy(values, 0, NaiveBackend.of(result), 0, values.length);
    }

    private static double at(Expr expression, List<double[]> inputs, int i, DType dtype) {
      Map<Expr, Double> values = new HashMap<>();
      for (Expr node : expression.nodes()) {
        double value = 0;
        if (node instanceof Expr.Input input) {
          value = inputs.get(input.index())[i];
        } else if (node instanceof Expr.Constant constant) {
          value = dtype.round(constant.value());
        } else if (node instanceof Expr.Apply apply) {
          value = apply(apply, values, dtype);
        }
        values.put(node, value);
      }
      return values.get(expression);
    }

    private static double apply(Expr.Apply apply, Map<Expr, Double> values, DType dtype) {
      Primitive primitive = (Primitive) apply.operation();
      double[] arguments = new double[3];
      for (int i = 0; i < primitive.arity(); i++) {
        arguments[i] = values.get(apply.arguments().get(i));
      }
      if (primitive == Primitive.SUB
          && apply.arguments().get(1) instanceof Expr.Apply product
          && product.operation() == Primitive.MUL) {
        double b = values.get(product.arguments().get(0));
        double c = values.get(product.arguments().get(1));
        return dtype.round(Math.fma(-b, c, arguments[0]));
      }
      return NaiveBackend.evaluate(primitive, arguments[0], arguments[1], arguments[2], dtype);
    }
  }
}
