package io.ember4j.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An elementwise function of numbered inputs, as data: an immutable directed acyclic graph.
 *
 * <p>A node is an input, a constant, or an {@link Operation} applied to nodes. Nodes are interned:
 * building the same expression twice gives the same object, so equality is identity, and a common
 * subexpression exists once. All walks here are iterative; a chain of 100,000 nodes is fine.
 *
 * <pre>{@code
 * Expr x = Expr.input(0);
 * Expr silu = x.times(x.sigmoid());
 * }</pre>
 */
public abstract sealed class Expr {
  private final int inputCount;

  /** The gradients, once asked for; they live as long as this node. */
  private volatile Expr[] backward;

  private Expr(int inputCount) {
    this.inputCount = inputCount;
  }

  /** Returns a hash of this node that refers to its arguments by identity. */
  abstract int structuralHash();

  /** Returns whether the other node is the same operation on the same argument nodes. */
  abstract boolean sameStructure(Expr other);

  /** The value of an input. */
  public static final class Input extends Expr {
    private final int index;

    private Input(int index) {
      super(index + 1);
      this.index = index;
    }

    /** Returns the number of the input, from 0. */
    public int index() {
      return index;
    }

    @Override
    int structuralHash() {
      return index;
    }

    @Override
    boolean sameStructure(Expr other) {
      return other instanceof Input input && input.index == index;
    }
  }

  /** A number; rounded to the dtype when the expression is evaluated. */
  public static final class Constant extends Expr {
    private final double value;

    private Constant(double value) {
      super(0);
      this.value = value;
    }

    /** Returns the number. */
    public double value() {
      return value;
    }

    @Override
    int structuralHash() {
      return Double.hashCode(value);
    }

    @Override
    boolean sameStructure(Expr other) {
      return other instanceof Constant constant && Double.compare(constant.value, value) == 0;
    }
  }

  /** An operation applied to argument expressions. */
  public static final class Apply extends Expr {
    private final Operation operation;
    private final List<Expr> arguments;

    private Apply(Operation operation, List<Expr> arguments, int inputCount) {
      super(inputCount);
      this.operation = operation;
      this.arguments = arguments;
    }

    /** Returns the operation. */
    public Operation operation() {
      return operation;
    }

    /** Returns the arguments, as many as the operation's arity. */
    public List<Expr> arguments() {
      return arguments;
    }

    @Override
    int structuralHash() {
      return 31 * operation.hashCode() + arguments.hashCode();
    }

    @Override
    boolean sameStructure(Expr other) {
      return other instanceof Apply apply
          && apply.operation == operation
          && apply.arguments.equals(arguments);
    }
  }

  // ---- building

  /**
   * Returns input {@code index}.
   *
   * @throws IllegalArgumentException if the index is negative
   */
  public static Expr input(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("input " + index + " is negative; inputs count from 0");
    }
    return Interner.intern(new Input(index));
  }

  /** Returns a constant; -0.0 and 0.0 are different constants. */
  public static Expr constant(double value) {
    return Interner.intern(new Constant(value));
  }

  /**
   * Returns the operation applied to the arguments.
   *
   * @throws IllegalArgumentException if the number of arguments is not the operation's arity
   */
  public static Expr apply(Operation operation, Expr... arguments) {
    if (arguments.length != operation.arity()) {
      throw new IllegalArgumentException(
          operation.label()
              + " takes "
              + operation.arity()
              + " argument(s), got "
              + arguments.length);
    }
    int inputs = 0;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] == null) {
        throw new IllegalArgumentException(
            "argument " + i + " of " + operation.label() + " is null; pass an expression");
      }
      inputs = Math.max(inputs, arguments[i].inputCount);
    }
    return Interner.intern(new Apply(operation, List.of(arguments), inputs));
  }

  /** Returns {@code whenTrue} where the condition is not 0, else {@code whenFalse}. */
  public static Expr where(Expr condition, Expr whenTrue, Expr whenFalse) {
    return apply(Primitive.SELECT, condition, whenTrue, whenFalse);
  }

  /** Returns this + other. */
  public Expr plus(Expr other) {
    return apply(Primitive.ADD, this, other);
  }

  /** Returns this + number. */
  public Expr plus(double number) {
    return plus(constant(number));
  }

  /** Returns this - other. */
  public Expr minus(Expr other) {
    return apply(Primitive.SUB, this, other);
  }

  /** Returns this - number. */
  public Expr minus(double number) {
    return minus(constant(number));
  }

  /** Returns this * other. */
  public Expr times(Expr other) {
    return apply(Primitive.MUL, this, other);
  }

  /** Returns this * number. */
  public Expr times(double number) {
    return times(constant(number));
  }

  /** Returns this / other. */
  public Expr dividedBy(Expr other) {
    return apply(Primitive.DIV, this, other);
  }

  /** Returns this / number. */
  public Expr dividedBy(double number) {
    return dividedBy(constant(number));
  }

  /** Returns -this: the sign bit of every number but NaN flipped. */
  public Expr negate() {
    return times(-1);
  }

  /** Returns the larger; NaN if either is NaN. */
  public Expr max(Expr other) {
    return apply(Primitive.MAX, this, other);
  }

  /** Returns the larger; NaN if this is NaN. */
  public Expr max(double number) {
    return max(constant(number));
  }

  /** Returns the smaller; NaN if either is NaN. */
  public Expr min(Expr other) {
    return apply(Primitive.MIN, this, other);
  }

  /** Returns the smaller; NaN if this is NaN. */
  public Expr min(double number) {
    return min(constant(number));
  }

  /** Returns this limited to [low, high]; unchanged (also -0 and NaN) where it is not outside. */
  public Expr clip(Expr low, Expr high) {
    return where(lt(low), low, where(gt(high), high, this));
  }

  /** Returns this limited to [low, high]; unchanged (also -0 and NaN) where it is not outside. */
  public Expr clip(double low, double high) {
    return clip(constant(low), constant(high));
  }

  /** Returns the magnitude. */
  public Expr abs() {
    return apply(Primitive.ABS, this);
  }

  /** Returns the square root. */
  public Expr sqrt() {
    return apply(Primitive.SQRT, this);
  }

  /** Returns e to the power of this. */
  public Expr exp() {
    return apply(Primitive.EXP, this);
  }

  /** Returns the natural logarithm. */
  public Expr log() {
    return apply(Primitive.LOG, this);
  }

  /** Returns the hyperbolic tangent. */
  public Expr tanh() {
    return apply(Primitive.TANH, this);
  }

  /** Returns 1 where this &lt; other, else 0. */
  public Expr lt(Expr other) {
    return apply(Primitive.LT, this, other);
  }

  /** Returns 1 where this &lt; number, else 0. */
  public Expr lt(double number) {
    return lt(constant(number));
  }

  /** Returns 1 where this &lt;= other, else 0. */
  public Expr le(Expr other) {
    return apply(Primitive.LE, this, other);
  }

  /** Returns 1 where this &lt;= number, else 0. */
  public Expr le(double number) {
    return le(constant(number));
  }

  /** Returns 1 where this &gt; other, else 0. */
  public Expr gt(Expr other) {
    return other.lt(this);
  }

  /** Returns 1 where this &gt; number, else 0. */
  public Expr gt(double number) {
    return gt(constant(number));
  }

  /** Returns 1 where this &gt;= other, else 0. */
  public Expr ge(Expr other) {
    return other.le(this);
  }

  /** Returns 1 where this &gt;= number, else 0. */
  public Expr ge(double number) {
    return ge(constant(number));
  }

  /** Returns 1 where this = other, else 0. */
  public Expr eq(Expr other) {
    return apply(Primitive.EQ, this, other);
  }

  /** Returns 1 where this = number, else 0. */
  public Expr eq(double number) {
    return eq(constant(number));
  }

  /** Returns {@link Functions#EXPM1} of this. */
  public Expr expm1() {
    return apply(Functions.EXPM1, this);
  }

  /** Returns {@link Functions#LOG1P} of this. */
  public Expr log1p() {
    return apply(Functions.LOG1P, this);
  }

  /** Returns {@link Functions#ERF} of this. */
  public Expr erf() {
    return apply(Functions.ERF, this);
  }

  /** Returns {@link Functions#ERFC} of this. */
  public Expr erfc() {
    return apply(Functions.ERFC, this);
  }

  /** Returns {@link Functions#NDTR} of this. */
  public Expr ndtr() {
    return apply(Functions.NDTR, this);
  }

  /** Returns {@link Functions#SIGMOID} of this. */
  public Expr sigmoid() {
    return apply(Functions.SIGMOID, this);
  }

  /** Returns {@link Functions#LOG1PEXP} of this: log(1 + e^this). */
  public Expr log1pexp() {
    return apply(Functions.LOG1PEXP, this);
  }

  // ---- differentiating

  /**
   * Returns the gradient with respect to an input: upstream times the derivative of this
   * expression, over its inputs and, as input {@link #inputCount()}, the upstream.
   *
   * <p>Where operands of max or min tie, each gets half of it; |x| has gradient 0 at 0; nothing
   * goes through a comparison or the condition of a select. An input that is not read has gradient
   * 0.
   *
   * @throws UnsupportedOperationException if it needs the gradient of a named function that has
   *     neither a body nor a gradient of its own
   */
  public Expr backward(int input) {
    Expr[] known = backward;
    if (known == null) {
      known = Differentiation.backward(this, input(inputCount));
      backward = known;
    }
    return input < known.length ? known[input] : constant(0);
  }

  /**
   * Returns the derivative with respect to an input, an expression over the same inputs, by the
   * rules of {@link #backward}.
   *
   * @throws UnsupportedOperationException if it needs the gradient of a named function that has
   *     neither a body nor a gradient of its own
   */
  public Expr derivative(int input) {
    return input < inputCount ? Differentiation.derivatives(this)[input] : constant(0);
  }

  /** Returns whether the value depends on the input. */
  public boolean reads(int input) {
    return input < inputCount
        && nodes().stream().anyMatch(n -> n instanceof Input i && i.index == input);
  }

  // ---- walking

  /** Returns how many inputs the expression takes: 1 + the highest input it reads, or 0. */
  public int inputCount() {
    return inputCount;
  }

  /** Returns every node once, arguments before the nodes that use them, this node last. */
  public List<Expr> nodes() {
    List<Expr> order = new ArrayList<>();
    Set<Expr> done = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expr> stack = new ArrayDeque<>();
    stack.push(this);
    while (!stack.isEmpty()) {
      Expr node = stack.peek();
      boolean ready = true;
      if (node instanceof Apply apply && !done.contains(node)) {
        List<Expr> arguments = apply.arguments();
        for (int i = arguments.size() - 1; i >= 0; i--) {
          if (!done.contains(arguments.get(i))) {
            stack.push(arguments.get(i));
            ready = false;
          }
        }
      }
      if (ready) {
        stack.pop();
        if (done.add(node)) {
          order.add(node);
        }
      }
    }
    return order;
  }

  /**
   * Returns this expression with every input i replaced by {@code values[i]}.
   *
   * @throws IllegalArgumentException if there are fewer values than {@link #inputCount()}
   */
  public Expr substitute(Expr... values) {
    if (values.length < inputCount) {
      throw new IllegalArgumentException(
          "expression has " + inputCount + " input(s), got " + values.length + " value(s)");
    }
    return rewrite(Arrays.asList(values), function -> true);
  }

  /**
   * Returns this expression with every named function that {@code keep} rejects replaced by its
   * body, all the way down. A function without a body stays.
   */
  public Expr expand(Predicate<NamedFunction> keep) {
    return rewrite(null, keep);
  }

  private Expr rewrite(List<Expr> inputs, Predicate<NamedFunction> keep) {
    Map<Expr, Expr> rewritten = new HashMap<>();
    Map<NamedFunction, Expr> bodies = new HashMap<>();
    for (Expr node : nodes()) {
      Expr result = node;
      if (node instanceof Input input && inputs != null) {
        result = inputs.get(input.index());
      } else if (node instanceof Apply apply) {
        Expr[] arguments = apply.arguments().stream().map(rewritten::get).toArray(Expr[]::new);
        if (apply.operation() instanceof NamedFunction function
            && function.body().isPresent()
            && !keep.test(function)) {
          // Bodies nest only as deep as functions are defined in terms of each other.
          Expr body = bodies.computeIfAbsent(function, f -> f.body().get().expand(keep));
          result = body.substitute(arguments);
        } else {
          result = apply(apply.operation(), arguments);
        }
      }
      rewritten.put(node, result);
    }
    return rewritten.get(this);
  }

  /** Returns the formula, such as {@code mul(x0, sigmoid(x0))}; long ones are cut. */
  @Override
  public String toString() {
    return ExprPrinter.print(this);
  }
}
