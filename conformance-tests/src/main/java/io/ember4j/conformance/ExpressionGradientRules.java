package io.ember4j.conformance;

import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** RX-3: gradients of random smooth expressions. */
final class ExpressionGradientRules {
  /** There are several gradients in each, and each takes some ten times as many operations. */
  static final int CASES = 100;

  private static final Set<Operation> KNOWN =
      EnclosedFunction.ALL.keySet().stream()
          .map(e -> ((Expr.Apply) e).operation())
          .collect(Collectors.toSet());

  private ExpressionGradientRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "RX-3.gradients",
            "The gradients of a hundred random smooth expressions on a tape lie within the interval"
                + " that interval arithmetic gives for their formulas, and that interval meets the"
                + " exact derivative, which is taken forwards.",
            "the gradients that the backend has natively, and those of a whole expression",
            subject -> ExpressionRules.check(gradients(subject), Slope.SMOOTH, 1, CASES)));
  }

  /** Returns the check of the gradients with respect to every input. */
  static ExpressionRules.CaseCheck gradients(Subject subject) {
    return random -> {
      ExpressionCase c = ExpressionShrinker.readOnly(random).writtenOut();
      Expr[] formulas = new Expr[c.operands().size()];
      for (int input = 0; input < formulas.length; input++) {
        formulas[input] = formula(c.expression(), input);
        if (formulas[input] instanceof Expr.Constant) {
          return Optional.empty(); // a tape has no gradient of what does not depend on its input
        }
      }
      Taped taped = tape(c);
      for (int input = 0; input < formulas.length; input++) {
        Optional<Failure.Builder> wrong = compare(subject, c, input, formulas[input], taped);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
      return Optional.empty();
    };
  }

  /** Returns the gradient, over the inputs and the upstream, in terms of the functions known. */
  static Expr formula(Expr expression, int input) {
    return expression.backward(input).expand(KNOWN::contains);
  }

  private static Taped tape(ExpressionCase c) {
    List<Tensor> inputs = new ArrayList<>(c.tensors());
    try {
      return Taped.of(
          Taped.Upstream.RANDOM,
          t -> Ops.evaluate(c.expression(), t),
          inputs.toArray(Tensor[]::new));
    } finally {
      inputs.forEach(Tensor::close);
    }
  }

  private static Optional<Failure.Builder> compare(
      Subject subject, ExpressionCase c, int input, Expr formula, Taped taped) {
    Enclosure enclosure = new Enclosure(formula, c.dtype(), f -> bound(subject, f, c));
    double[] actual = taped.gradients().get(input);
    for (int i = 0; i < actual.length; i++) {
      double upstream = taped.upstream()[i];
      double[] values = Arrays.copyOf(c.inputs(i), c.operands().size() + 1);
      values[c.operands().size()] = upstream;
      Interval expected = enclosure.at(values);
      Interval exact =
          Slope.of(c.expression(), c.dtype(), input, c.inputs(i))
              .slope()
              .times(Interval.of(upstream));
      String what = null;
      if (!expected.contains(actual[i])) {
        what = "the gradient of a random expression is wrong";
      } else if (exact.isFinite() && !expected.meets(exact)) {
        what = "the formula of a gradient is wrong";
        expected = exact;
      }
      if (what != null) {
        return Optional.of(
            ExpressionRules.element(c, i)
                .summary(what + ", with respect to x" + input + " for the upstream " + upstream)
                .values(expected.show(c.dtype()), Ulp.show(actual[i], c.dtype()))
                .distance(expected.distance(actual[i], c.dtype()), "the interval"));
      }
    }
    return Optional.empty();
  }

  /**
   * The bound of a gradient counts in ULP of its product with the upstream, which may be half as
   * large beside it as those of the derivative, and allows for one more.
   */
  private static double bound(Subject subject, EnclosedFunction function, ExpressionCase c) {
    String composed = Bounds.COMPOSED + function.table();
    double inOne = subject.ulpBound(function.table(), c.dtype());
    double widest =
        Bounds.isKnown(composed) ? Math.max(inOne, subject.ulpBound(composed, c.dtype())) : inOne;
    return function.table().endsWith(GradientCase.SUFFIX) ? 2 * widest + 2 : widest;
  }
}
