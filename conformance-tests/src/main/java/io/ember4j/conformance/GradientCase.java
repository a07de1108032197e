package io.ember4j.conformance;

import io.ember4j.BackendFeatures;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of one element and the reference tables of its derivative.
 *
 * @param number the number of its rules, GR-number: that of the activation, then on from there
 * @param name its name in rules and reports
 * @param tables the tables of its values, the first one for its default parameters; those of its
 *     derivative end in {@value #SUFFIX}
 * @param activation the activation, if it is one
 * @param operation the operation, if it is none
 */
record GradientCase(
    int number,
    String name,
    List<String> tables,
    Optional<ActivationCase> activation,
    Optional<Expr> operation) {
  /** What the name of a table of derivatives ends in. */
  static final String SUFFIX = ".derivative";

  /** The activations that work element by element, then the functions they are made of. */
  static final List<GradientCase> ALL = all();

  /** Those whose derivative is 0 where the function has its minimum, away from 0. */
  private static final Set<String> WITH_A_ZERO =
      Set.of("gelu", "gelu_tanh", "gelu_sigmoid", "silu", "mish");

  private static List<GradientCase> all() {
    List<GradientCase> cases = new ArrayList<>();
    for (ActivationCase c : ActivationCase.ELEMENTWISE) {
      cases.add(
          new GradientCase(c.number(), c.name(), c.tables(), Optional.of(c), Optional.empty()));
    }
    int number = ActivationCase.ALL.size();
    for (Primitive p : List.of(Primitive.EXP, Primitive.LOG, Primitive.SQRT, Primitive.ABS)) {
      cases.add(function(++number, p.label(), Expr.apply(p, Expr.input(0))));
    }
    for (NamedFunction f :
        List.of(Functions.EXPM1, Functions.LOG1P, Functions.ERF, Functions.ERFC, Functions.NDTR)) {
      cases.add(function(++number, f.name(), f.apply(Expr.input(0))));
    }
    return List.copyOf(cases);
  }

  private static GradientCase function(int number, String name, Expr expression) {
    return new GradientCase(number, name, List.of(name), Optional.empty(), Optional.of(expression));
  }

  /** Returns the id of one of its rules, such as GR-9.gelu-values. */
  String rule(String check) {
    return "GR-" + number + "." + name.replace('_', '-') + "-" + check;
  }

  /** Returns the tables of the derivative, without the points where the function has no value. */
  List<ReferenceTable> derivatives(DType dtype) {
    return tables.stream()
        .map(name -> ReferenceTable.get(name + SUFFIX, dtype).where(GradientCase::isInDomain))
        .toList();
  }

  /** Beyond the ends of log, log1p and sqrt, and at the pole at -0, anything goes. */
  private static boolean isInDomain(double x, Exact derivative) {
    boolean pole = Ulp.sameBits(x, -0.0) && Double.isInfinite(derivative.base());
    return Double.isNaN(x) || !(pole || Double.isNaN(derivative.base()));
  }

  /** Returns the gradient at x, with the parameters of the table. */
  Tensor gradient(ReferenceTable derivatives, Tensor x, Tensor upstream) {
    return activation
        .map(c -> c.of(derivatives.parameters()).gradient(x, upstream))
        .orElseGet(() -> Ops.evaluate(operation.orElseThrow().backward(0), x, upstream));
  }

  /** Returns whether the backend computes the gradient in one operation. */
  boolean inOne(String backend, ReferenceTable derivatives) {
    BackendFeatures features = Backends.features(backend);
    return activation
        .flatMap(c -> c.of(derivatives.parameters()).backward())
        .or(() -> operation.map(e -> e.backward(0)))
        .map(e -> features.execution(e, derivatives.dtype()) == Execution.NATIVE)
        .orElse(false);
  }

  /** Returns whether the derivative of the named function is 0 somewhere away from 0. */
  static boolean hasZero(String name) {
    return WITH_A_ZERO.contains(name);
  }

  /** Returns whether the gradient selects; that of a primitive is plain arithmetic. */
  boolean selects() {
    return operation.map(e -> ((Expr.Apply) e).operation() instanceof NamedFunction).orElse(true);
  }

  /**
   * Returns the absolute error that is allowed beside the bound: around the place where the
   * derivative is 0, that is for |x| &lt; 2, 2 units of 2^-24 or 2^-53, and 16 of them composed;
   * elsewhere 0.
   */
  DoubleUnaryOperator floor(DType dtype, boolean composed) {
    double floor = (composed ? 16 : 2) * Ulp.epsilon(dtype) / 2;
    return x -> hasZero(name) && Math.abs(x) < 2 ? floor : 0;
  }
}
