package io.ember4j.expr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Differentiates an expression in reverse mode; the result is an expression again.
 *
 * <p>A named function passes its upstream through its own {@link NamedFunction#backward}, whole. A
 * primitive multiplies by its derivative, but where a select has cut a branch off, the product is
 * taken inside of the select: what would be 0 times infinity there never comes up.
 *
 * <p>Ties of max and min get half of the upstream each, |x| has derivative 0 at 0, a comparison has
 * derivative 0, and the condition of a select has none: as in PyTorch.
 */
final class Differentiation {
  private static final Expr ZERO = Expr.constant(0);
  private static final Expr ONE = Expr.constant(1);

  /** How many selects deep a factor is carried; beyond, the product itself is selected. */
  private static final int DEPTH = 4;

  private final Map<Expr, Expr> adjoints = new HashMap<>();

  private Differentiation() {}

  /** Returns the upstream times the derivative of the root with respect to each of its inputs. */
  static Expr[] backward(Expr root, Expr upstream) {
    Differentiation pass = new Differentiation();
    pass.adjoints.put(root, upstream);
    Expr[] results = new Expr[root.inputCount()];
    java.util.Arrays.fill(results, ZERO);
    List<Expr> nodes = root.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Expr node = nodes.get(i);
      Expr adjoint = pass.adjoints.remove(node);
      if (adjoint == null || isZero(adjoint)) {
        continue;
      }
      if (node instanceof Expr.Input input) {
        results[input.index()] = adjoint;
      } else if (node instanceof Expr.Apply apply) {
        pass.distribute(apply, adjoint);
      }
    }
    return results;
  }

  /** Returns the derivative of the root with respect to each of its inputs. */
  static Expr[] derivatives(Expr root) {
    return backward(root, ONE);
  }

  /**
   * Returns upstream times derivative, and 0 where the derivative is 0, whatever the upstream; as
   * few operations as there are constants in the branches of the derivative.
   */
  static Expr scale(Expr derivative, Expr upstream) {
    return scale(derivative, upstream, DEPTH);
  }

  private static Expr scale(Expr derivative, Expr upstream, int depth) {
    if (derivative instanceof Expr.Constant constant) {
      double value = constant.value();
      return value == 1
          ? upstream
          : value == 0 ? ZERO : Double.isNaN(value) ? derivative : upstream.times(derivative);
    }
    if (isSelect(derivative) && depth > 0) {
      List<Expr> branches = ((Expr.Apply) derivative).arguments();
      if (branches.get(1) instanceof Expr.Constant || branches.get(2) instanceof Expr.Constant) {
        return select(
            branches.get(0),
            scale(branches.get(1), upstream, depth - 1),
            scale(branches.get(2), upstream, depth - 1));
      }
    }
    return Expr.where(derivative, upstream.times(derivative), ZERO);
  }

  private void distribute(Expr.Apply apply, Expr adjoint) {
    List<Expr> arguments = apply.arguments();
    if (apply.operation() instanceof NamedFunction function) {
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i).inputCount() > 0) {
          NamedFunction backward = function.backward(i);
          Expr[] values = arguments.toArray(new Expr[backward.arity()]);
          add(arguments.get(i), through(adjoint, g -> applyTo(backward, values, g)));
        }
      }
      return;
    }
    Expr a = arguments.get(0);
    Expr b = arguments.size() > 1 ? arguments.get(1) : ZERO;
    switch ((Primitive) apply.operation()) {
      case ADD -> {
        add(a, adjoint);
        add(b, adjoint);
      }
      case SUB -> {
        add(a, adjoint);
        add(b, through(adjoint, Expr::negate));
      }
      case MUL -> {
        add(a, through(adjoint, g -> product(g, b)));
        add(b, through(adjoint, g -> product(g, a)));
      }
      case DIV -> {
        add(a, through(adjoint, g -> g.dividedBy(b)));
        add(b, through(adjoint, g -> product(g, apply.dividedBy(b)).negate()));
      }
      case MAX -> extreme(a, b, adjoint, a.lt(b), b.lt(a));
      case MIN -> extreme(a, b, adjoint, b.lt(a), a.lt(b));
      case ABS -> {
        Expr neither = select(a.eq(0), ZERO, Expr.constant(Double.NaN));
        Expr negative = select(a.lt(0), through(adjoint, Expr::negate), neither);
        add(a, select(a.gt(0), adjoint, negative));
      }
      case SQRT -> add(a, through(adjoint, g -> g.dividedBy(apply.times(2))));
      case EXP -> add(a, through(adjoint, g -> product(g, apply)));
      case LOG -> add(a, through(adjoint, g -> g.dividedBy(a)));
      case TANH -> add(a, through(adjoint, g -> Functions.TANH_BACKWARD.apply(a, g)));
      case LT, LE, EQ -> {}
      case SELECT -> {
        add(b, select(a, adjoint, ZERO));
        add(arguments.get(2), select(a, ZERO, adjoint));
      }
    }
  }

  private static Expr applyTo(NamedFunction backward, Expr[] arguments, Expr upstream) {
    Expr[] values = arguments.clone();
    values[values.length - 1] = upstream;
    return backward.apply(values);
  }

  /** Passes the adjoint to the operand that is chosen, and half of it to each where they tie. */
  private void extreme(Expr a, Expr b, Expr adjoint, Expr aLoses, Expr bLoses) {
    Expr shared = select(a.eq(b), through(adjoint, g -> product(g, Expr.constant(0.5))), adjoint);
    add(a, select(aLoses, ZERO, shared));
    add(b, select(bLoses, ZERO, shared));
  }

  private void add(Expr node, Expr contribution) {
    if (node.inputCount() > 0 && !isZero(contribution)) {
      adjoints.merge(node, contribution, Differentiation::sum);
    }
  }

  /** Returns a + b; where two selects on one condition fill each other's gaps, one select. */
  private static Expr sum(Expr a, Expr b) {
    if (isSelect(a) && isSelect(b)) {
      List<Expr> left = ((Expr.Apply) a).arguments();
      List<Expr> right = ((Expr.Apply) b).arguments();
      boolean meet = isZero(left.get(1)) || isZero(right.get(1));
      meet &= isZero(left.get(2)) || isZero(right.get(2));
      if (meet && left.get(0) == right.get(0)) {
        return select(
            left.get(0),
            isZero(left.get(1)) ? right.get(1) : left.get(1),
            isZero(left.get(2)) ? right.get(2) : left.get(2));
      }
    }
    return a.plus(b);
  }

  /** Applies a linear function to an adjoint, inside of the selects that made parts of it 0. */
  private static Expr through(Expr adjoint, UnaryOperator<Expr> linear) {
    return through(adjoint, linear, DEPTH);
  }

  private static Expr through(Expr adjoint, UnaryOperator<Expr> linear, int depth) {
    if (isZero(adjoint)) {
      return ZERO;
    }
    if (isSelect(adjoint)) {
      List<Expr> branches = ((Expr.Apply) adjoint).arguments();
      if (isZero(branches.get(1)) || isZero(branches.get(2))) {
        return depth == 0
            ? Expr.where(adjoint, linear.apply(adjoint), ZERO)
            : select(
                branches.get(0),
                through(branches.get(1), linear, depth - 1),
                through(branches.get(2), linear, depth - 1));
      }
    }
    return hasGaps(adjoint, DEPTH)
        ? Expr.where(adjoint, linear.apply(adjoint), ZERO)
        : linear.apply(adjoint);
  }

  /**
   * Returns whether selects may have left nothing of the adjoint: of a sum, of no term. What is too
   * deep to look at may have gaps.
   */
  private static boolean hasGaps(Expr adjoint, int depth) {
    if (!(adjoint instanceof Expr.Apply apply)) {
      return isZero(adjoint);
    }
    boolean select = apply.operation() == Primitive.SELECT;
    if (!select && apply.operation() != Primitive.ADD) {
      return false;
    }
    if (depth == 0) {
      return true;
    }
    List<Expr> arguments = apply.arguments();
    return select
        ? hasGaps(arguments.get(1), depth - 1) || hasGaps(arguments.get(2), depth - 1)
        : hasGaps(arguments.get(0), depth - 1) && hasGaps(arguments.get(1), depth - 1);
  }

  private static Expr product(Expr a, Expr b) {
    return a == ONE ? b : b == ONE ? a : a.times(b);
  }

  private static Expr select(Expr condition, Expr whenTrue, Expr whenFalse) {
    return whenTrue == whenFalse ? whenTrue : Expr.where(condition, whenTrue, whenFalse);
  }

  private static boolean isSelect(Expr node) {
    return node instanceof Expr.Apply apply && apply.operation() == Primitive.SELECT;
  }

  private static boolean isZero(Expr node) {
    return node instanceof Expr.Constant constant && constant.value() == 0;
  }
}
