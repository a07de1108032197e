package io.ember4j.expr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.DoubleUnaryOperator;

/**
 * An elementwise function with a name, such as {@code sigmoid}: what a backend may compute in one
 * piece.
 *
 * <p>Its meaning is its <em>body</em>, an expression over its arguments, or its <em>routine</em>, a
 * double-precision method, or both. A backend that does not have the function natively gets the
 * body instead; where there is no body, the api computes it by the routine on the host.
 *
 * <p>Its gradient with respect to an argument is a named function too, {@link #backward}: by
 * default derived from the body, else by a derivative given with {@link #withDerivatives} or {@link
 * #withBackward}.
 *
 * <p>Functions are compared by identity: two functions of one name are different functions.
 */
public final class NamedFunction implements Operation {
  private final String name;
  private final List<String> arguments;
  private final Expr body;
  private final DoubleUnaryOperator routine;

  /** For each argument its backward expression over (arguments..., upstream); null: derived. */
  private final List<Expr> given;

  private final AtomicReferenceArray<NamedFunction> backward;

  private NamedFunction(
      String name,
      List<String> arguments,
      Expr body,
      DoubleUnaryOperator routine,
      List<Expr> given) {
    this.name = Objects.requireNonNull(name, "name");
    this.arguments = List.copyOf(arguments);
    this.body = body;
    this.routine = routine;
    this.given = given;
    this.backward = new AtomicReferenceArray<>(arguments.size());
    if (body == null && routine == null) {
      throw new IllegalArgumentException("function " + name + " needs a body or a routine");
    }
    if (body != null && body.inputCount() > arguments.size()) {
      throw new IllegalArgumentException(
          "the body of "
              + name
              + " reads input "
              + (body.inputCount() - 1)
              + ", but it has only "
              + arguments.size()
              + " argument(s) "
              + arguments);
    }
    if (routine != null && arguments.size() != 1) {
      throw new IllegalArgumentException(
          "function " + name + " has a routine, so it takes one argument, not " + arguments.size());
    }
  }

  /** Returns a new function of the named arguments; input i of the body is argument i. */
  public static NamedFunction of(String name, List<String> arguments, Expr body) {
    return create(name, arguments, Objects.requireNonNull(body, "body"), null);
  }

  /** Returns a new function of one argument {@code x} that only a routine computes. */
  public static NamedFunction of(String name, DoubleUnaryOperator routine) {
    return create(name, List.of("x"), null, routine);
  }

  /**
   * Returns a new function of one argument {@code x} with a body, and a routine that computes the
   * same more accurately in double precision.
   */
  public static NamedFunction of(String name, Expr body, DoubleUnaryOperator routine) {
    return create(name, List.of("x"), body, routine);
  }

  private static NamedFunction create(
      String name, List<String> arguments, Expr body, DoubleUnaryOperator routine) {
    List<Expr> derived = Collections.nCopies(arguments.size(), null);
    return new NamedFunction(name, arguments, body, routine, derived);
  }

  // ---- gradients

  /**
   * Returns a function like this one, with derivatives written by hand; for use where the function
   * is defined, as the result is another function than this.
   *
   * <p>Its gradient selects: it is upstream times derivative, and 0 where the derivative is 0,
   * whatever the upstream.
   *
   * @param derivatives for each argument, in order, the partial derivative, an expression over the
   *     arguments; null, or left out at the end: derived from the body
   * @throws IllegalArgumentException if there are more than arguments, or one reads other inputs
   */
  public NamedFunction withDerivatives(Expr... derivatives) {
    Expr upstream = Expr.input(arity());
    Expr[] backwards = new Expr[derivatives.length];
    for (int i = 0; i < derivatives.length; i++) {
      if (derivatives[i] != null) {
        checkInputs(derivatives[i], arity(), "the derivative");
        backwards[i] = Differentiation.scale(derivatives[i], upstream);
      }
    }
    return withBackward(backwards);
  }

  /**
   * Returns a function like this one, with gradients written by hand; for use where the function is
   * defined, as the result is another function than this.
   *
   * @param backwards for each argument, in order, upstream times the partial derivative, an
   *     expression over the arguments and, as the input after them, the upstream; null, or left out
   *     at the end: derived from the body
   * @throws IllegalArgumentException if there are more than arguments, or one reads other inputs
   */
  public NamedFunction withBackward(Expr... backwards) {
    if (backwards.length > arity()) {
      throw new IllegalArgumentException(
          name + " has " + arity() + " argument(s), got " + backwards.length + " gradients");
    }
    List<Expr> all = new ArrayList<>(given);
    for (int i = 0; i < backwards.length; i++) {
      if (backwards[i] != null) {
        checkInputs(backwards[i], arity() + 1, "the gradient");
      }
      all.set(i, backwards[i]);
    }
    return new NamedFunction(name, arguments, body, routine, all);
  }

  private void checkInputs(Expr expression, int count, String what) {
    if (expression.inputCount() > count) {
      throw new IllegalArgumentException(
          what
              + " "
              + expression
              + " of "
              + name
              + " reads input "
              + (expression.inputCount() - 1)
              + "; it may read 0 to "
              + (count - 1));
    }
  }

  /**
   * Returns the gradient with respect to an argument: the function of (arguments..., upstream) that
   * gives upstream times the partial derivative. Always the same object. A derived one selects as
   * {@link #withDerivatives} does, and is NaN where its argument is.
   *
   * @throws UnsupportedOperationException if the function has neither a body to derive it from nor
   *     a gradient of its own
   */
  public NamedFunction backward(int argument) {
    Objects.checkIndex(argument, arity());
    NamedFunction known = backward.get(argument);
    if (known == null) {
      // Two threads may both make it; all use the one that came first.
      backward.compareAndSet(argument, null, makeBackward(argument));
      known = backward.get(argument);
    }
    return known;
  }

  private NamedFunction makeBackward(int argument) {
    Expr expression = given.get(argument);
    if (expression == null) {
      if (body == null) {
        throw new UnsupportedOperationException(
            name + " has no body to derive a gradient from; give one with withDerivatives");
      }
      Expr x = Expr.input(argument);
      // Piecewise bodies lose a NaN when they are differentiated: it is what is left of no branch.
      Expr derivative = Expr.where(x.eq(x), body.derivative(argument), x);
      expression = Differentiation.scale(derivative, Expr.input(arity()));
    }
    List<String> all = new ArrayList<>(arguments);
    all.add("upstream");
    String suffix = arity() == 1 ? "" : "_" + arguments.get(argument);
    return create(name + "_backward" + suffix, all, expression, null);
  }

  // ---- description

  /** Returns the name. */
  public String name() {
    return name;
  }

  @Override
  public String label() {
    return name;
  }

  /** Returns the names of the arguments, in order. */
  public List<String> arguments() {
    return arguments;
  }

  @Override
  public int arity() {
    return arguments.size();
  }

  /** Returns the expression over the arguments that defines this function, if it has one. */
  public Optional<Expr> body() {
    return Optional.ofNullable(body);
  }

  /** Returns the double-precision method that computes this function, if it has one. */
  public Optional<DoubleUnaryOperator> routine() {
    return Optional.ofNullable(routine);
  }

  /**
   * Returns the expression that applies this function.
   *
   * @throws IllegalArgumentException if the number of arguments is not the arity
   */
  public Expr apply(Expr... values) {
    return Expr.apply(this, values);
  }

  @Override
  public String toString() {
    return name + arguments.toString().replace('[', '(').replace(']', ')');
  }
}
