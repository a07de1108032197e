package io.ember4j.conformance;

import io.ember4j.conformance.ExpressionCase.View;
import io.ember4j.conformance.ExpressionCase.ViewedOperand;
import io.ember4j.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes a case that fails smaller for as long as it still fails: operations give way to their
 * arguments or to constants, operands that nobody reads go, extents fall, numbers become simple.
 */
final class ExpressionShrinker {
  /** Enough to get from the largest random case to the smallest. */
  private static final int MOST_TRIES = 2000;

  /** In the order in which they are preferred. */
  private static final double[] SIMPLE = {0, 1, 2, -1, 0.5};

  private ExpressionShrinker() {}

  /** Returns a case that fails, while none of those that are a step smaller does. */
  static ExpressionCase shrink(ExpressionCase failing, Predicate<ExpressionCase> fails) {
    ExpressionCase smallest = failing;
    int tries = 0;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      long weight = weight(smallest);
      List<ExpressionCase> candidates = candidates(smallest);
      for (int i = 0; i < candidates.size() && !smaller && tries < MOST_TRIES; i++) {
        if (weight(candidates.get(i)) < weight) {
          tries++;
          smaller = fails.test(candidates.get(i));
          smallest = smaller ? candidates.get(i) : smallest;
        }
      }
    }
    return smallest;
  }

  /** What has to fall with each step: operations count most, then operands, size, odd numbers. */
  private static long weight(ExpressionCase c) {
    long operations = 0;
    long oddity = 0;
    for (Expr node : c.expression().nodes()) {
      operations += node instanceof Expr.Apply ? 1 : 0;
      oddity += node instanceof Expr.Constant constant ? oddity(constant.value()) : 0;
    }
    long views = 0;
    for (ViewedOperand operand : c.operands()) {
      views += operand.view() == View.FULL ? 1 : 2;
      oddity += Arrays.stream(operand.values()).mapToLong(ExpressionShrinker::oddity).sum();
    }
    return ((operations * 64 + views) * 1024 + c.size()) * (1 << 16) + oddity;
  }

  private static long oddity(double value) {
    for (int i = 0; i < SIMPLE.length; i++) {
      if (Ulp.sameBits(SIMPLE[i], value)) {
        return i;
      }
    }
    return value == Math.rint(value) ? SIMPLE.length : SIMPLE.length + 1;
  }

  private static List<ExpressionCase> candidates(ExpressionCase c) {
    List<ExpressionCase> candidates = new ArrayList<>();
    expressions(c.expression()).forEach(e -> candidates.add(readOnly(c.with(e))));
    extents(c, candidates);
    numbers(c, candidates);
    return candidates;
  }

  /** Parts of the expression, and the expression with a node replaced. */
  private static List<Expr> expressions(Expr root) {
    List<Expr> smaller = new ArrayList<>();
    List<Expr> nodes = root.nodes();
    for (Expr node : nodes) {
      if (node instanceof Expr.Apply && node != root) {
        smaller.add(node);
      }
    }
    for (Expr node : nodes) {
      if (node instanceof Expr.Apply apply) {
        apply.arguments().forEach(argument -> smaller.add(replace(root, node, argument)));
      }
      for (double simple : SIMPLE) {
        smaller.add(replace(root, node, Expr.constant(simple)));
      }
    }
    return smaller;
  }

  private static Expr replace(Expr root, Expr old, Expr replacement) {
    Map<Expr, Expr> replaced = new HashMap<>();
    for (Expr node : root.nodes()) {
      Expr result = node;
      if (node == old) {
        result = replacement;
      } else if (node instanceof Expr.Apply apply) {
        Expr[] arguments = apply.arguments().stream().map(replaced::get).toArray(Expr[]::new);
        result = Expr.apply(apply.operation(), arguments);
      }
      replaced.put(node, result);
    }
    return replaced.get(root);
  }

  /** Drops operands that are not read; the first of the others becomes full. */
  static ExpressionCase readOnly(ExpressionCase c) {
    List<ViewedOperand> read = new ArrayList<>();
    Expr[] inputs = new Expr[c.operands().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Expr.input(read.size());
      if (c.expression().reads(i)) {
        read.add(read.isEmpty() ? c.full(i) : c.operands().get(i));
      }
    }
    if (read.isEmpty()) {
      read.add(c.full(0));
    }
    return new ExpressionCase(
        c.expression().substitute(inputs), c.dtype(), c.rows(), c.columns(), read);
  }

  /** Single elements, halves, and operands that are written out. */
  private static void extents(ExpressionCase c, List<ExpressionCase> candidates) {
    for (int i = 0; i < c.size() && c.size() > 1; i++) {
      candidates.add(part(c, i / c.columns(), 1, i % c.columns(), 1));
    }
    for (int half : new int[] {c.rows() / 2, c.rows() - 1}) {
      if (half > 0) {
        candidates.add(part(c, 0, half, 0, c.columns()));
        candidates.add(part(c, c.rows() - half, half, 0, c.columns()));
      }
    }
    for (int half : new int[] {c.columns() / 2, c.columns() - 1}) {
      if (half > 0) {
        candidates.add(part(c, 0, c.rows(), 0, half));
        candidates.add(part(c, 0, c.rows(), c.columns() - half, half));
      }
    }
    for (int i = 1; i < c.operands().size(); i++) {
      List<ViewedOperand> operands = new ArrayList<>(c.operands());
      operands.set(i, c.full(i));
      candidates.add(
          new ExpressionCase(c.expression(), c.dtype(), c.rows(), c.columns(), operands));
    }
  }

  private static ExpressionCase part(
      ExpressionCase c, int firstRow, int rows, int firstColumn, int columns) {
    List<ViewedOperand> operands = new ArrayList<>();
    for (int input = 0; input < c.operands().size(); input++) {
      View view = rows * columns == 1 ? View.FULL : c.operands().get(input).view();
      double[] values = new double[Naive.size(view.shape(rows, columns))];
      for (int i = 0; i < rows * columns; i++) {
        int from = (firstRow + i / columns) * c.columns() + firstColumn + i % columns;
        values[view.index(i, columns)] = c.value(input, from);
      }
      operands.add(new ViewedOperand(view, values));
    }
    return new ExpressionCase(c.expression(), c.dtype(), rows, columns, operands);
  }

  /** Simple numbers in the place of all of an operand, and these or whole ones in that of each. */
  private static void numbers(ExpressionCase c, List<ExpressionCase> candidates) {
    for (int input = 0; input < c.operands().size(); input++) {
      double[] values = c.operands().get(input).values();
      for (double simple : SIMPLE) {
        double[] all = new double[values.length];
        Arrays.fill(all, simple);
        candidates.add(numbers(c, input, all));
      }
      for (int i = 0; i < values.length; i++) {
        for (double simple : SIMPLE) {
          candidates.add(number(c, input, i, simple));
        }
        candidates.add(number(c, input, i, Math.rint(values[i])));
      }
    }
  }

  private static ExpressionCase number(ExpressionCase c, int input, int i, double value) {
    double[] values = c.operands().get(input).values().clone();
    values[i] = value;
    return numbers(c, input, values);
  }

  private static ExpressionCase numbers(ExpressionCase c, int input, double... values) {
    List<ViewedOperand> operands = new ArrayList<>(c.operands());
    operands.set(input, new ViewedOperand(operands.get(input).view(), values));
    return c.with(operands);
  }
}
