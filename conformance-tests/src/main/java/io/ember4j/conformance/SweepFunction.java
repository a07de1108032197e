package io.ember4j.conformance;

import io.ember4j.BackendFeatures;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A function of one number that a sweep measures, or its gradient for upstream 1, as users call
 * them.
 */
public final class SweepFunction {
  private static final double DEFAULT_BOUND = 4;
  private static final List<SweepFunction> ALL = all();

  private final String name;
  private final boolean gradient;
  private final String table;
  private final SweepReference reference;
  private final Activation activation;
  private final Expr operation;

  private SweepFunction(
      String name, boolean gradient, String table, Activation activation, Expr operation) {
    this.name = name;
    this.gradient = gradient;
    this.table = gradient ? table + GradientCase.SUFFIX : table;
    this.reference = SweepReference.ALL.get(name);
    this.activation = activation;
    this.operation = operation;
    if (reference == null) {
      throw new IllegalStateException("SweepReference has no formula for " + name);
    }
  }

  /**
   * Returns the unary primitives, the special functions and the elementwise activations with their
   * default parameters, values and gradients, those that take the least time first.
   */
  public static List<SweepFunction> values() {
    return ALL;
  }

  private static List<SweepFunction> all() {
    List<SweepFunction> all = new ArrayList<>();
    for (ActivationCase c : ActivationCase.ELEMENTWISE) {
      add(all, c.name(), c.tables().get(0), c.example(), null);
    }
    Expr x = Expr.input(0);
    for (Primitive p : Primitive.values()) {
      if (p.arity() == 1) {
        add(all, p.label(), p.label(), null, Expr.apply(p, x));
      }
    }
    for (NamedFunction f : Functions.ALL) {
      String table = f == Functions.LOG1PEXP ? "softplus" : f.name();
      add(all, f.name(), table, null, f.apply(x));
    }
    all.sort(Comparator.comparingInt(SweepFunction::cost));
    return List.copyOf(all);
  }

  private static void add(
      List<SweepFunction> all, String name, String table, Activation activation, Expr operation) {
    if (all.stream().noneMatch(f -> f.name.equals(name))) {
      all.add(new SweepFunction(name, false, table, activation, operation));
      all.add(new SweepFunction(name, true, table, activation, operation));
    }
  }

  /** Returns the name of the function, without regard to gradients. */
  public String name() {
    return name;
  }

  /** Returns whether it is the gradient. */
  public boolean isGradient() {
    return gradient;
  }

  /** Returns the name of its reference table. */
  String table() {
    return table;
  }

  /** Returns its rough time for an input, the least being 1. */
  public int cost() {
    return reference.cost();
  }

  /** Returns the results at x on the backend in effect, whose upstream is 1 if it is a gradient. */
  Tensor evaluate(Tensor x, Tensor ones) {
    if (activation != null) {
      return gradient ? activation.gradient(x, ones) : activation.apply(x);
    }
    return gradient ? Ops.evaluate(operation.backward(0), x, ones) : Ops.evaluate(operation, x);
  }

  /**
   * Returns the value in double precision, by formulas that no backend computes: its error is below
   * 2^-20 ULP of float32.
   */
  public double exact(double x) {
    return gradient ? reference.gradient().applyAsDouble(x) : reference.value().applyAsDouble(x);
  }

  /** Returns whether the specification says anything about the result at x. */
  boolean isDefinedAt(double x) {
    return !gradient || Double.compare(x, reference.domain()) >= 0;
  }

  /**
   * Returns the bound in ULP that the conformance kit holds the backend to, by how it computes this
   * and what it declares.
   *
   * @throws io.ember4j.BackendException if the backend is missing or cannot run
   */
  public double bound(String backend) {
    String label = (runsInOne(backend) ? "" : Bounds.COMPOSED) + table;
    if (!Bounds.isKnown(label)) {
      label = table; // a default routine of api
    }
    if (!Bounds.isKnown(label)) {
      return name.equals("sqrt") && !gradient ? 0.5 : name.equals("abs") ? 0 : DEFAULT_BOUND;
    }
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return new RunSubject(backend, ConformanceProfile.find(backend, loader))
        .ulpBound(label, DType.FLOAT32);
  }

  private boolean runsInOne(String backend) {
    if (activation != null && !gradient) {
      return activation.execution(backend, DType.FLOAT32) == Execution.NATIVE;
    }
    BackendFeatures features = Backends.features(backend);
    Optional<Expr> forward = Optional.ofNullable(operation);
    return (activation == null ? forward : activation.expression())
        .map(e -> gradient ? e.backward(0) : e)
        .map(e -> features.execution(e, DType.FLOAT32) == Execution.NATIVE)
        .orElseGet(() -> activation.execution(backend, DType.FLOAT32) == Execution.NATIVE);
  }

  /**
   * Returns the absolute error that is allowed at x beside the bound, around the zero of a
   * derivative; elsewhere 0.
   */
  double floor(double x) {
    return gradient && Math.abs(x) < 2 && GradientCase.hasZero(name) ? 0x1p-23 : 0;
  }

  /** Returns the name, with a prime if it is the gradient. */
  @Override
  public String toString() {
    return gradient ? name + "'" : name;
  }
}
