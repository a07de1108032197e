package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An expression with the operands it is evaluated for; the result has the shape [rows, columns].
 *
 * @param expression the expression
 * @param dtype the dtype of all operands
 * @param rows the first extent
 * @param columns the second extent
 * @param operands as many as the expression reads; the first one is full
 */
record ExpressionCase(
    Expr expression, DType dtype, int rows, int columns, List<ViewedOperand> operands) {
  /** How an operand is broadcast to [rows, columns]. */
  enum View {
    FULL,
    ROW,
    COLUMN,
    CONSTANT;

    long[] shape(int rows, int columns) {
      return switch (this) {
        case FULL -> new long[] {rows, columns};
        case ROW -> new long[] {columns};
        case COLUMN -> new long[] {rows, 1};
        case CONSTANT -> new long[0];
      };
    }

    /** Returns where the operand has what is read for element i. */
    int index(int i, int columns) {
      return switch (this) {
        case FULL -> i;
        case ROW -> i % columns;
        case COLUMN -> i / columns;
        case CONSTANT -> 0;
      };
    }
  }

  /**
   * An operand.
   *
   * @param view how it is broadcast
   * @param values its elements, numbers of the dtype
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never written to
  record ViewedOperand(View view, double[] values) {}

  /** Copies the list. */
  ExpressionCase {
    operands = List.copyOf(operands);
  }

  /** Returns the number of elements of the result. */
  int size() {
    return rows * columns;
  }

  /** Returns what input number {@code input} holds for element i of the result. */
  double value(int input, int i) {
    ViewedOperand operand = operands.get(input);
    return operand.values()[operand.view().index(i, columns)];
  }

  /** Returns what all inputs hold for element i of the result. */
  double[] inputs(int i) {
    double[] values = new double[operands.size()];
    Arrays.setAll(values, input -> value(input, i));
    return values;
  }

  /** Evaluates on the backend in effect. */
  double[] evaluate() {
    List<Tensor> tensors = tensors();
    try (Tensor result = Ops.evaluate(expression, tensors.toArray(Tensor[]::new))) {
      Checks.form(expression.toString(), dtype, new long[] {rows, columns}, result);
      return result.toDoubleArray();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /** Returns the operands as tensors. */
  List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    for (ViewedOperand operand : operands) {
      tensors.add(Checks.tensor(dtype, operand.values(), operand.view().shape(rows, columns)));
    }
    return tensors;
  }

  /** Returns an operand as a full one, with all that is read of it. */
  ViewedOperand full(int input) {
    double[] values = new double[size()];
    Arrays.setAll(values, i -> value(input, i));
    return new ViewedOperand(View.FULL, values);
  }

  /** Returns the case with all operands full. */
  ExpressionCase writtenOut() {
    return with(IntStream.range(0, operands.size()).mapToObj(this::full).toList());
  }

  /** Returns the same operands with another expression over them. */
  ExpressionCase with(Expr other) {
    return new ExpressionCase(other, dtype, rows, columns, operands);
  }

  /** Returns the same expression over other operands. */
  ExpressionCase with(List<ViewedOperand> others) {
    return new ExpressionCase(expression, dtype, rows, columns, others);
  }
}
