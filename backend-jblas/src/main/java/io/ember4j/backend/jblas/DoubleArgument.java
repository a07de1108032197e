package io.ember4j.backend.jblas;

import io.ember4j.spi.Operand;
import java.util.Arrays;
import java.util.List;
import org.jblas.DoubleMatrix;

/**
 * A FLOAT64 operand as jblas takes it: a matrix as long as the result, or one number.
 *
 * @param matrix the elements, or null for a number
 * @param number the number, if there is no matrix
 */
record DoubleArgument(DoubleMatrix matrix, double number) {

  /**
   * Returns the operands. One that is read in a pattern is written out in full: the first of them
   * into the result, unless that is itself an operand.
   */
  static DoubleArgument[] of(List<Operand> operands, DoubleMatrix result) {
    DoubleMatrix spare = isOperand(result, operands) ? null : result;
    DoubleArgument[] arguments = new DoubleArgument[operands.size()];
    for (int i = 0; i < arguments.length; i++) {
      if (operands.get(i) instanceof Operand.Constant constant) {
        arguments[i] = new DoubleArgument(null, constant.value());
      } else if (operands.get(i) instanceof Operand.View view) {
        DoubleMatrix elements = JblasBuffer.doubles(view.buffer());
        if (elements.length == result.length) {
          arguments[i] = new DoubleArgument(elements, 0);
        } else if (elements.length == 1) {
          arguments[i] = new DoubleArgument(null, elements.data[0]);
        } else {
          DoubleMatrix full = spare != null ? spare : new DoubleMatrix(result.length);
          spare = null;
          expand(elements.data, (int) view.repeat(), full.data);
          arguments[i] = new DoubleArgument(full, 0);
        }
      }
    }
    return arguments;
  }

  private static boolean isOperand(DoubleMatrix result, List<Operand> operands) {
    for (Operand operand : operands) {
      if (operand instanceof Operand.View view
          && JblasBuffer.doubles(view.buffer()).data == result.data) {
        return true;
      }
    }
    return false;
  }

  /** Fills the target with the elements, each {@code repeat} times in a row, over and over. */
  private static void expand(double[] elements, int repeat, double[] target) {
    int filled = elements.length * repeat;
    if (repeat == 1) {
      System.arraycopy(elements, 0, target, 0, filled);
    } else {
      for (int i = 0; i < elements.length; i++) {
        Arrays.fill(target, i * repeat, (i + 1) * repeat, elements[i]);
      }
    }
    while (filled < target.length) {
      int more = Math.min(filled, target.length - filled);
      System.arraycopy(target, 0, target, filled, more);
      filled += more;
    }
  }

  boolean isNumber() {
    return matrix == null;
  }

  /** Writes the operand into the result, unless it is the result. */
  void copyTo(DoubleMatrix result) {
    if (isNumber()) {
      Arrays.fill(result.data, number);
    } else if (matrix.data != result.data) {
      System.arraycopy(matrix.data, 0, result.data, 0, result.length);
    }
  }
}
