package io.ember4j.expr;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * An elementwise function with a name, such as {@code sigmoid}: what a backend may compute in one
 * piece.
 *
 * <p>Its meaning is its <em>body</em>, an expression over its arguments, or its <em>routine</em>, a
 * double-precision method, or both. A backend that does not have the function natively gets the
 * body instead; where there is no body, the api computes it by the routine on the host.
 *
 * <p>Functions are compared by identity: two functions of one name are different functions.
 */
public final class NamedFunction implements Operation {
  private final String name;
  private final List<String> arguments;
  private final Expr body;
  private final DoubleUnaryOperator routine;

  private NamedFunction(
      String name, List<String> arguments, Expr body, DoubleUnaryOperator routine) {
    this.name = Objects.requireNonNull(name, "name");
    this.arguments = List.copyOf(arguments);
    this.body = body;
    this.routine = routine;
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
    return new NamedFunction(name, arguments, Objects.requireNonNull(body, "body"), null);
  }

  /** Returns a new function of one argument {@code x} that only a routine computes. */
  public static NamedFunction of(String name, DoubleUnaryOperator routine) {
    return new NamedFunction(name, List.of("x"), null, routine);
  }

  /**
   * Returns a new function of one argument {@code x} with a body, and a routine that computes the
   * same more accurately in double precision.
   */
  public static NamedFunction of(String name, Expr body, DoubleUnaryOperator routine) {
    return new NamedFunction(name, List.of("x"), body, routine);
  }

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
