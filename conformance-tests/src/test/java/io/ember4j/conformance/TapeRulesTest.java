package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules on gradients find a wrong gradient of the api, which no backend could give. */
class TapeRulesTest {
  private static final Expr X = Expr.input(0);
  private static final Expr UPSTREAM = Expr.input(1);

  /** tanh with a gradient that is right, but for this factor. */
  private static UnaryOperator<Tensor> scaledDerivative(double factor) {
    Expr tanh = X.tanh();
    Expr slope = Expr.constant(1).minus(tanh.times(tanh)).times(factor);
    Expr function =
        NamedFunction.of("wrong_tanh", List.of("x"), tanh)
            .withBackward(UPSTREAM.times(slope))
            .apply(X);
    return x -> Ops.evaluate(function, x);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.01, 0.99, 1 + 1e-6, -1, 0})
  void aWrongDerivativeIsFound(double factor) {
    TapeFunctionRules.derivative("tanh", scaledDerivative(1));
    assertThrows(
        RuleViolation.class, () -> TapeFunctionRules.derivative("tanh", scaledDerivative(factor)));
  }

  @Test
  void aDroppedAccumulationIsFound() {
    TapeUseRules.accumulation((tape, loss, p) -> tape.backward(loss));
    assertThrows(
        RuleViolation.class,
        () ->
            TapeUseRules.accumulation(
                (tape, loss, p) -> {
                  p.zeroGrad();
                  tape.backward(loss);
                }));
    assertThrows(
        RuleViolation.class,
        () ->
            TapeUseRules.accumulation(
                (tape, loss, p) -> {
                  tape.backward(loss);
                  tape.backward(loss);
                }));
  }

  @Test
  void aStaleMaskIsFound() {
    TapeLayerRules.dropout(Taped::of);
    assertThrows(
        RuleViolation.class,
        () ->
            TapeLayerRules.dropout(
                (upstream, function, inputs) -> {
                  Taped before = Taped.of(upstream, function, inputs);
                  Taped now = Taped.of(upstream, function, inputs);
                  return new Taped(
                      now.dtype(), now.shape(), now.value(), now.upstream(), before.gradients());
                }));
  }

  /** Half is what is left of x + x if one use is forgotten. */
  @Test
  void aForgottenUseIsFound() {
    TapeUseRules.uses(Taped::of);
    assertThrows(
        RuleViolation.class,
        () ->
            TapeUseRules.uses(
                (upstream, function, inputs) -> {
                  Taped right = Taped.of(upstream, function, inputs);
                  double[] half = Arrays.stream(right.gradients().get(0)).map(v -> v / 2).toArray();
                  return new Taped(
                      right.dtype(), right.shape(), right.value(), right.upstream(), List.of(half));
                }));
  }
}
