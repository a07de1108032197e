package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.backend.pure.PureBackendProvider;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.spi.Backend;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule on gradients that something can break is broken by it: a backend, or the gradient. */
class GradientDefectsTest {
  private static final Expr X = Expr.input(0);
  private static final Expr UPSTREAM = Expr.input(1);

  static Set<String> ids() {
    return GradientDefects.byRule().keySet();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isFoundBy(String id) throws Exception {
    UnaryOperator<Backend> defect = GradientDefects.byRule().get(id);
    Rule rule = TapeRules.rules().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    String name = id.toLowerCase(Locale.ROOT).replace('.', '-');
    run(rule, "good-" + name, new RequiredFloor(new PureBackendProvider().create()));
    Backend broken = defect.apply(new PureBackendProvider().create());
    assertThrows(RuleViolation.class, () -> run(rule, "broken-" + name, broken));
  }

  private static void run(Rule rule, String name, Backend backend) throws Exception {
    Backends.register(new TestProvider(name, () -> backend));
    try (BackendScope scope = Backends.use(name)) {
      rule.check().run(new NamedSubject(name));
    }
  }

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
                  double[] half =
                      java.util.Arrays.stream(right.gradients().get(0)).map(v -> v / 2).toArray();
                  return new Taped(
                      right.dtype(), right.shape(), right.value(), right.upstream(), List.of(half));
                }));
  }
}
